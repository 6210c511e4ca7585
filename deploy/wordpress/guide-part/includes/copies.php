<?php
/**
 * The copies of parts that this site keeps: fresh for some hours, and the last good one for when the guide is down.
 *
 * @package guide-part
 */

if ( ! defined( 'ABSPATH' ) ) {
	exit;
}

/**
 * How long the last good copy is shown while no newer one can be had, in days. Phone numbers in the guide are checked
 * every three months.
 */
const GUIDE_PART_LONGEST = 90;

/**
 * How long a guide that failed is left alone, and how long a fetch may be under way, in seconds.
 */
const GUIDE_PART_PAUSE = 600;
const GUIDE_PART_BUSY  = 15;

/**
 * Return a part, from the copy if that is fresh enough, and otherwise from the guide.
 *
 * @param string $name The name of the part.
 * @return array|WP_Error The part; "fetched" is when, in seconds since 1970.
 */
function guide_part_get( $name ) {
	$settings = guide_part_settings();
	$guide    = $settings['address'];
	$key      = md5( GUIDE_PART_VERSION . ' ' . $guide . $name );
	$copy     = guide_part_last_good_copy( $key );
	if ( $copy && get_transient( 'guide_part_fresh_' . $key ) ) {
		return $copy;
	}
	$problem = guide_part_pause( $key, (bool) $copy );
	if ( ! $problem ) {
		// Marked before the fetch: if that ends this request, the next one leaves the guide alone.
		$mark = array( 'since' => time() );
		set_transient( 'guide_part_pause', $mark, GUIDE_PART_PAUSE );
		$content = guide_part_fetch( $guide, 'api/v1/' . $name . '.json' );
		$part    = is_wp_error( $content ) ? $content : guide_part_read( $content, $name, $guide );
		if ( ! is_wp_error( $part ) ) {
			delete_transient( 'guide_part_pause' );
			$part += array(
				'name'    => $name,
				'fetched' => time(),
			);
			update_option( 'guide_part_copy_' . $key, $part, false );
			set_transient( 'guide_part_fresh_' . $key, 1, $settings['hours'] * HOUR_IN_SECONDS );
			return $part;
		}
		$problem = $part;
		$mark   += array(
			'code'    => $problem->get_error_code(),
			'message' => $problem->get_error_message(),
			'name'    => $name,
		);
		if ( in_array( $mark['code'], GUIDE_PART_DOWN, true ) ) {
			set_transient( 'guide_part_pause', $mark, GUIDE_PART_PAUSE );
		} else {
			delete_transient( 'guide_part_pause' );
			set_transient( 'guide_part_pause_' . $key, $mark, GUIDE_PART_PAUSE );
		}
		update_option( 'guide_part_problem', $mark, false );
	}
	return $copy ? $copy : $problem;
}

/**
 * Return the last good copy of a part, or null if there is none that may still be shown.
 *
 * @param string $key The key of the part.
 */
function guide_part_last_good_copy( $key ) {
	$copy = get_option( 'guide_part_copy_' . $key );
	if ( ! is_array( $copy ) || ! isset( $copy['fetched'] ) || $copy['fetched'] < time() - GUIDE_PART_LONGEST * DAY_IN_SECONDS ) {
		return null;
	}
	return $copy;
}

/**
 * Return why the guide isn't asked for a part just now, or null if it may be.
 *
 * @param string $key    The key of the part.
 * @param bool   $copied Whether there is a copy to show in the meantime.
 * @return WP_Error|null
 */
function guide_part_pause( $key, $copied ) {
	foreach ( array( 'guide_part_pause', 'guide_part_pause_' . $key ) as $transient ) {
		$mark = get_transient( $transient );
		if ( ! is_array( $mark ) ) {
			continue;
		}
		if ( isset( $mark['code'] ) ) {
			return new WP_Error( $mark['code'], $mark['message'] );
		}
		if ( $copied || time() - $mark['since'] > GUIDE_PART_BUSY ) {
			return guide_part_no_answer();
		}
	}
	return null;
}

/**
 * Forget what this plugin keeps, all or all but its settings.
 *
 * @param bool $settings Whether to forget the settings too.
 */
function guide_part_forget( $settings = false ) {
	global $wpdb;
	$like = array();
	foreach ( array( 'guide_part_', '_transient_guide_part_', '_transient_timeout_guide_part_' ) as $start ) {
		$like[] = $wpdb->esc_like( $start ) . '%';
	}
	$names = $wpdb->get_col( // phpcs:ignore WordPress.DB.DirectDatabaseQuery
		$wpdb->prepare( "SELECT option_name FROM {$wpdb->options} WHERE option_name LIKE %s OR option_name LIKE %s OR option_name LIKE %s", $like )
	);
	foreach ( $names as $name ) {
		if ( 0 === strpos( $name, '_transient_' ) ) {
			delete_transient( preg_replace( '/^_transient_(timeout_)?/', '', $name ) );
		} elseif ( $settings || ! in_array( $name, array( 'guide_part_guide', 'guide_part_settings' ), true ) ) {
			if ( 0 === strpos( $name, 'guide_part_copy_' ) ) {
				// Where transients are kept outside the database, they aren't in the list above.
				$key = substr( $name, strlen( 'guide_part_copy_' ) );
				delete_transient( 'guide_part_fresh_' . $key );
				delete_transient( 'guide_part_pause_' . $key );
			}
			delete_option( $name );
		}
	}
	delete_transient( 'guide_part_pause' );
}

/**
 * Return the copies that this site keeps.
 *
 * @return array<array>
 */
function guide_part_copies() {
	global $wpdb;
	$names  = $wpdb->get_col( // phpcs:ignore WordPress.DB.DirectDatabaseQuery
		$wpdb->prepare( "SELECT option_name FROM {$wpdb->options} WHERE option_name LIKE %s", $wpdb->esc_like( 'guide_part_copy_' ) . '%' )
	);
	$copies = array_filter( array_map( 'get_option', $names ), 'is_array' );
	usort(
		$copies,
		function ( $one, $other ) {
			return strcmp( $one['name'], $other['name'] );
		}
	);
	return $copies;
}
