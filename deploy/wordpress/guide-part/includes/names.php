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
	return guide_part_folder( $piece[1] ) . '/' . $piece[2];
}

/**
 * Return the folder of a kind of part among the data files, such as "checklists" for the "checklist" of frames.
 *
 * @param string $kind What an author typed.
 */
function guide_part_folder( $kind ) {
	$known   = guide_part_known()['kinds'];
	$several = preg_match( '/[^aeiou]y$/D', $kind ) ? substr( $kind, 0, -1 ) . 'ies' : $kind . 's';
	if ( in_array( $kind, $known, true ) || 's' === substr( $kind, -1 ) ) {
		return $kind;
	}
	return ! $known || in_array( $several, $known, true ) ? $several : $kind;
}

/**
 * Return what is known of the guide: its name, or "", and the folders of its data files.
 *
 * @return array{name: string, kinds: array<string>}
 */
function guide_part_known() {
	$known = get_option( 'guide_part_guide' );
	return array(
		'name'  => is_array( $known ) && isset( $known['name'] ) && is_string( $known['name'] ) ? $known['name'] : '',
		'kinds' => is_array( $known ) && isset( $known['kinds'] ) && is_array( $known['kinds'] ) ? $known['kinds'] : array(),
	);
}

/**
 * Return where readers can see a part at the guide itself, or the guide's start page if that isn't known.
 *
 * @param string $typed What an author typed.
 * @param string $name  The name of the part, or "".
 * @param string $guide The address of the guide.
 */
function guide_part_page_address( $typed, $name, $guide ) {
	if ( '' !== $name && preg_match( '~^https?://~i', $typed ) && ! preg_match( '~\.json$~', $typed ) ) {
		return $typed;
	}
	list( $kind, $id ) = array_pad( explode( '/', $name, 2 ), 2, '' );
	return 'pages' === $kind && 'index' !== $id ? $guide . str_replace( '--', '/', $id ) . '/' : $guide;
}
