<?php
/**
 * Removes all that the plugin keeps, on every site of a network.
 *
 * @package guide-part
 */

if ( ! defined( 'WP_UNINSTALL_PLUGIN' ) ) {
	exit;
}

require_once __DIR__ . '/includes/copies.php';

if ( is_multisite() ) {
	foreach ( get_sites( array( 'fields' => 'ids', 'number' => 0 ) ) as $guide_part_site ) {
		switch_to_blog( $guide_part_site );
		guide_part_forget( true );
		restore_current_blog();
	}
} else {
	guide_part_forget( true );
}
