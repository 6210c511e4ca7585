<?php
/* Installs WordPress with one user of each role; prints the version, and each role's application password, as JSON. */
$_SERVER['HTTP_HOST'] = preg_replace( '#^https?://#', '', getenv( 'GUIDE_TEST_HOME' ) );
define( 'WP_INSTALLING', true );
$password = $argv[1];

/* No letter is sent. */
function wp_new_blog_notification() {}

require __DIR__ . '/wp-load.php';
require ABSPATH . 'wp-admin/includes/upgrade.php';

wp_install( 'A clinic', 'administrator', 'administrator@example.org', true, '', $password );
update_option( 'permalink_structure', '/%postname%/' );
update_option( 'blog_public', 0 );
require_once ABSPATH . 'wp-admin/includes/plugin.php';
$activated = activate_plugin( 'guide-part/guide-part.php' );
if ( is_wp_error( $activated ) ) {
	die( $activated->get_error_message() );
}
$printed = array( 'version' => get_bloginfo( 'version' ), 'passwords' => array() );
foreach ( array( 'administrator', 'author' ) as $role ) {
	$user = username_exists( $role );
	if ( ! $user ) {
		$user = wp_insert_user( array( 'user_login' => $role, 'user_pass' => $password, 'user_email' => "$role@example.org", 'role' => $role ) );
	}
	list( $printed['passwords'][ $role ] ) = WP_Application_Passwords::create_new_application_password( $user, array( 'name' => 'Tests' ) );
}
echo "\n" . wp_json_encode( $printed );
