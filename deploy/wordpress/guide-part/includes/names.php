<?php
/**
 * The address of the guide, and the names of its parts.
 *
 * @package guide-part
 */

if ( ! defined( 'ABSPATH' ) ) {
	exit;
}

/**
 * The folders of the guide's data files, by what the same parts are called in the addresses of frames.
 */
const GUIDE_PART_KINDS = array(
	'care-card'  => 'care-cards',
	'chart'      => 'charts',
	'checklist'  => 'checklists',
	'comparison' => 'comparisons',
	'page'       => 'pages',
	'schedule'   => 'schedules',
	'therapy'    => 'therapies',
);

/**
 * Return the settings, with defaults for those that are missing.
 *
 * @return array{address: string, hours: int}
 */
function guide_part_settings() {
	$stored = get_option( 'guide_part_settings' );
	$stored = is_array( $stored ) ? $stored : array();
	return array(
		'address' => isset( $stored['address'] ) && is_string( $stored['address'] ) ? $stored['address'] : '',
		'hours'   => isset( $stored['hours'] ) ? max( 1, min( 168, (int) $stored['hours'] ) ) : 12,
	);
}

/**
 * Return the address of a guide as it is kept, or "" if it can't be one.
 *
 * @param string $typed What somebody typed, such as "www.example.org/guide".
 * @return string Ends in "/".
 */
function guide_part_clean_address( $typed ) {
	$typed = trim( (string) $typed );
	if ( '' !== $typed && ! preg_match( '~^[A-Za-z][A-Za-z0-9+.-]*:~', $typed ) ) {
		$typed = 'https://' . $typed;
	}
	$pattern = '~^(https?)://([A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)*)(:[0-9]{1,5})?((?:/[A-Za-z0-9._\~-]+)*)/?$~Di';
	if ( strlen( $typed ) > 200 || ! preg_match( $pattern, $typed, $piece ) ) {
		return '';
	}
	list( , $scheme, $host, $port, $path ) = $piece;

	$path = preg_replace( '~/index\.html$~', '', $path );
	if ( preg_match( '~/\.{1,2}(/|$)~', $path . '/' ) ) {
		return '';
	}
	if ( 'http' === strtolower( $scheme ) && ! guide_part_is_test_host( strtolower( $host ) ) ) {
		return '';
	}
	return strtolower( $scheme ) . '://' . strtolower( $host ) . $port . $path . '/';
}

/**
 * Return whether a guide may do without https: on the machine of a developer only.
 *
 * @param string $host The host of the guide.
 */
function guide_part_is_test_host( $host ) {
	return in_array( $host, array( 'localhost', '127.0.0.1' ), true ) && 'local' === wp_get_environment_type();
}

/**
 * Return the name of a part by its data file, such as "checklists/first-day", or "" if it isn't one.
 *
 * Authors may paste what they have: the name, or the address of a page, of a frame or of a data file of the guide.
 *
 * @param string $typed What an author typed.
 * @param string $guide The address of the guide.
 */
function guide_part_name( $typed, $guide ) {
	$typed = trim( (string) $typed );
	if ( strlen( $typed ) > 300 ) {
		return '';
	}
	$is_page = false;
	if ( preg_match( '~^https?://~i', $typed ) ) {
		$typed = (string) preg_replace( '~[?#].*$~s', '', $typed );
		if ( '' === $guide || 0 !== strpos( $typed . '/', $guide ) ) {
			return '';
		}
		$typed   = trim( (string) substr( $typed, strlen( $guide ) ), '/' );
		$is_page = ! preg_match( '~^(api|embed)/~', $typed );
		$typed   = (string) preg_replace( '~^(api/v1/|embed/v1/(light/|dark/)?)~', '', $typed );
	}
	if ( $is_page ) {
		$typed = (string) preg_replace( '~(^|/)index\.html$~', '', $typed );
		$typed = 'pages/' . ( '' === $typed ? 'index' : str_replace( '/', '--', $typed ) );
	}
	$typed = (string) preg_replace( '~(/|\.json)$~', '', $typed );
	if ( ! preg_match( '~^([a-z][a-z0-9-]{0,60})/([a-z0-9][a-z0-9-]{0,150})$~D', $typed, $piece ) ) {
		return '';
	}
	$kind = isset( GUIDE_PART_KINDS[ $piece[1] ] ) ? GUIDE_PART_KINDS[ $piece[1] ] : $piece[1];
	return $kind . '/' . $piece[2];
}

/**
 * Return where readers can see a part at the guide itself, as far as its name says.
 *
 * @param string $name  The name of a part, or "".
 * @param string $guide The address of the guide.
 */
function guide_part_page_address( $name, $guide ) {
	list( $kind, $id ) = array_pad( explode( '/', $name, 2 ), 2, '' );
	$framed            = array_search( $kind, GUIDE_PART_KINDS, true );
	if ( 'pages' === $kind ) {
		return 'index' === $id ? $guide : $guide . str_replace( '--', '/', $id ) . '/';
	}
	return $framed ? $guide . 'embed/v1/' . $framed . '/' . $id . '/' : $guide;
}
