<?php
/* The WordPress of the tests: MariaDB on a socket, no schedule of its own, no request but to the guide. */
define( 'DB_NAME', 'wordpress' );
define( 'DB_USER', 'root' );
define( 'DB_PASSWORD', '' );
define( 'DB_HOST', 'localhost:' . getenv( 'GUIDE_TEST_SOCKET' ) );
define( 'DB_CHARSET', 'utf8mb4' );
define( 'DB_COLLATE', '' );
foreach ( array( 'AUTH', 'SECURE_AUTH', 'LOGGED_IN', 'NONCE' ) as $name ) {
	define( $name . '_KEY', "$name key of a test" );
	define( $name . '_SALT', "$name salt of a test" );
}
define( 'WP_HOME', getenv( 'GUIDE_TEST_HOME' ) );
define( 'WP_SITEURL', getenv( 'GUIDE_TEST_HOME' ) );
define( 'WP_ENVIRONMENT_TYPE', 'local' ); // Application passwords without TLS.
define( 'DISABLE_WP_CRON', true );
define( 'AUTOMATIC_UPDATER_DISABLED', true );
define( 'WP_HTTP_BLOCK_EXTERNAL', true );
define( 'WP_ACCESSIBLE_HOSTS', '127.0.0.1' );
$table_prefix = 'wp_';
if ( ! defined( 'ABSPATH' ) ) {
	define( 'ABSPATH', __DIR__ . '/' );
}
require_once ABSPATH . 'wp-settings.php';
