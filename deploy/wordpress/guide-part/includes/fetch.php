<?php
/**
 * Fetching a data file of the guide, and reading it: nothing in it is trusted.
 *
 * @package guide-part
 */

if ( ! defined( 'ABSPATH' ) ) {
	exit;
}

/**
 * How large a file of a part may be, and the list of all parts, in bytes.
 */
const GUIDE_PART_LARGEST       = 1000000;
const GUIDE_PART_LARGEST_INDEX = 4000000;

/**
 * How long a fetch may take, in seconds.
 */
const GUIDE_PART_TIMEOUT = 5;

/**
 * Problems of the guide as a whole, not of one part: no other part is asked for while one of them lasts.
 */
const GUIDE_PART_DOWN = array( 'connection', 'redirect', 'server' );

/**
 * Fetch a file of the guide.
 *
 * @param string $guide The address of the guide.
 * @param string $path  The path of the file below it.
 * @param int    $most  How many bytes it may have.
 * @return array|WP_Error What the file holds, as an array.
 */
function guide_part_fetch( $guide, $path, $most = GUIDE_PART_LARGEST ) {
	$file = tempnam( get_temp_dir(), 'guide-part-' );
	if ( ! $file ) {
		return new WP_Error( 'disk', __( 'This site can\'t write temporary files.', 'guide-part' ) );
	}
	// WordPress counts seconds without an answer, and reads on past the size it was given: end both here.
	$end  = microtime( true ) + GUIDE_PART_TIMEOUT;
	$stop = function ( $block, $size ) use ( $end, $most ) {
		if ( $size > $most || microtime( true ) > $end ) {
			throw new RuntimeException( $size > $most ? 'size' : 'time' );
		}
	};
	add_action( 'requests-request.progress', $stop, 10, 2 );
	try {
		$answer = wp_safe_remote_get(
			$guide . $path,
			array(
				'timeout'             => GUIDE_PART_TIMEOUT,
				'redirection'         => 0,
				'limit_response_size' => $most + 1,
				// Into a file, since a small compressed answer could fill all memory.
				'stream'              => true,
				'filename'            => $file,
				'headers'             => array(
					'Accept'          => 'application/json',
					'Accept-Encoding' => 'identity',
				),
				// WordPress would name this site.
				'user-agent'          => 'guide-part/' . GUIDE_PART_VERSION,
			)
		);
		$body   = is_wp_error( $answer ) ? '' : (string) file_get_contents( $file, false, null, 0, $most + 1 );
	} catch ( RuntimeException $reason ) {
		$answer = 'size' === $reason->getMessage() ? guide_part_too_large() : guide_part_no_answer();
	} finally {
		remove_action( 'requests-request.progress', $stop, 10 );
		wp_delete_file( $file );
	}
	return is_wp_error( $answer ) ? guide_part_fetch_error( $answer ) : guide_part_read_answer( $answer, $body, $most );
}

/**
 * Return the error of a fetch in the words of this plugin.
 *
 * @param WP_Error $error What WordPress says.
 */
function guide_part_fetch_error( $error ) {
	if ( in_array( $error->get_error_code(), array( 'size', 'connection' ), true ) ) {
		return $error;
	}
	return guide_part_no_answer( $error->get_error_message() );
}

/**
 * Return the error of a guide that doesn't answer in time, or at all.
 *
 * @param string $reason What WordPress says.
 */
function guide_part_no_answer( $reason = '' ) {
	return new WP_Error( 'connection', trim( __( 'The guide doesn\'t answer.', 'guide-part' ) . ' ' . wp_strip_all_tags( substr( $reason, 0, 300 ) ) ) );
}

/**
 * Return the error of an answer that is too large.
 */
function guide_part_too_large() {
	return new WP_Error( 'size', __( 'The guide\'s answer is too large.', 'guide-part' ) );
}

/**
 * Read an answer of the guide.
 *
 * @param array  $answer What wp_safe_remote_get() returned.
 * @param string $body   What came.
 * @param int    $most   How many bytes that may be.
 * @return array|WP_Error
 */
function guide_part_read_answer( $answer, $body, $most ) {
	$status = (int) wp_remote_retrieve_response_code( $answer );
	if ( 404 === $status || 410 === $status ) {
		return new WP_Error( 'missing', __( 'The guide has no part of this name.', 'guide-part' ) );
	}
	if ( $status >= 300 && $status < 400 ) {
		return new WP_Error( 'redirect', __( 'The guide sends us on to another address. Write the address where it really is in the settings.', 'guide-part' ) );
	}
	if ( 200 !== $status ) {
		/* translators: %d: an HTTP status, such as 503. */
		return new WP_Error( 'server', sprintf( __( 'The guide\'s server answers with the status %d.', 'guide-part' ), $status ) );
	}
	if ( strlen( $body ) > $most ) {
		return guide_part_too_large();
	}
	foreach ( array( 'content-type', 'content-encoding', 'content-length' ) as $name ) {
		if ( is_array( wp_remote_retrieve_header( $answer, $name ) ) ) {
			return guide_part_unusable( $name );
		}
	}
	if ( ! preg_match( '~^application/json *(;|$)~i', wp_remote_retrieve_header( $answer, 'content-type' ) ) ) {
		return guide_part_unusable( 'Content-Type' );
	}
	if ( ! in_array( strtolower( wp_remote_retrieve_header( $answer, 'content-encoding' ) ), array( '', 'identity' ), true ) ) {
		return guide_part_unusable( 'Content-Encoding' );
	}
	$length = wp_remote_retrieve_header( $answer, 'content-length' );
	if ( '' !== $length && (string) strlen( $body ) !== $length ) {
		return guide_part_unusable( 'Content-Length' );
	}
	$content = json_decode( $body, true, 64 );
	return is_array( $content ) ? $content : guide_part_unusable( 'JSON' );
}

/**
 * Return the error of an answer that isn't what the guide promises.
 *
 * @param string $what What is wrong with it: the name of a field or a piece of HTML.
 */
function guide_part_unusable( $what ) {
	$what = wp_check_invalid_utf8( substr( $what, 0, 120 ), true );
	/* translators: %s: the name of a field, or a piece of HTML. */
	return new WP_Error( 'unusable', sprintf( __( 'The guide\'s answer was refused, because of this: %s', 'guide-part' ), $what ) );
}

/**
 * Read the data file of a part, and refuse it if it holds anything that it shouldn't.
 *
 * @param array  $content What the file holds.
 * @param string $name    The name of the part.
 * @param string $guide   The address of the guide.
 * @return array|WP_Error What is kept of the part.
 */
function guide_part_read( $content, $name, $guide ) {
	list( $kind, $id ) = explode( '/', $name, 2 );

	// A page that was renamed has its file under both names.
	$names = ( $content['kind'] ?? null ) === $kind && ( 'pages' === $kind || ( $content['id'] ?? null ) === $id );
	if ( ! $names ) {
		return guide_part_unusable( 'id' );
	}
	if ( isset( $content['withdrawn'] ) ) {
		return guide_part_read_texts(
			$content,
			array(
				'title'     => 400,
				'withdrawn' => 10,
				'why'       => 2000,
				'instead'   => 500,
			),
			array( 'instead' => $guide )
		);
	}
	$kept = guide_part_read_texts(
		$content,
		array(
			'title'           => 400,
			'html'            => GUIDE_PART_LARGEST,
			'language'        => 35,
			'publisher'       => 400,
			'disclaimer'      => 2000,
			'address'         => 500,
			'sources_checked' => 10,
			'review_due'      => 10,
		),
		array( 'address' => $guide )
	);
	if ( is_wp_error( $kept ) ) {
		return $kept;
	}
	$kept['html'] = guide_part_without_pictures( $kept['html'] );
	if ( '' === trim( wp_strip_all_tags( $kept['html'] ) ) ) {
		return new WP_Error( 'empty', __( 'This part is a picture, and has no text of its own. Show it in a frame: paste its address alone on a line.', 'guide-part' ) );
	}
	$problem = guide_part_html_problem( $kept['html'] );
	if ( '' !== $problem ) {
		return guide_part_unusable( $problem );
	}
	$kept['license'] = guide_part_read_license( $content['license'] ?? null );
	$kept['sources'] = guide_part_read_sources( $content['sources'] ?? null );
	$kept['signed']  = guide_part_read_signature( $content['clinical_review'] ?? null );
	foreach ( array( 'license', 'sources', 'signed' ) as $field ) {
		if ( null === $kept[ $field ] ) {
			return guide_part_unusable( $field );
		}
	}
	return $kept;
}

/**
 * Read fields that are text.
 *
 * @param array                 $content What the file holds.
 * @param array<string, int>    $fields  How many bytes each may have.
 * @param array<string, string> $below   The address that those begin with which are addresses.
 * @return array|WP_Error
 */
function guide_part_read_texts( $content, $fields, $below ) {
	$patterns = array(
		'language'        => '/^[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8}){0,3}$/D',
		'sources_checked' => '/^([0-9]{4}-[0-9]{2}-[0-9]{2})?$/D',
		'review_due'      => '/^([0-9]{4}-[0-9]{2}-[0-9]{2})?$/D',
		'withdrawn'       => '/^[0-9]{4}-[0-9]{2}-[0-9]{2}$/D',
	);
	$kept     = array();
	foreach ( $fields as $field => $most ) {
		$value = $content[ $field ] ?? '';
		$empty = in_array( $field, array( 'disclaimer', 'html', 'review_due', 'sources_checked' ), true );
		if ( ! is_string( $value ) || strlen( $value ) > $most || guide_part_has_hidden_letters( $value ) || ( '' === $value && ! $empty ) ) {
			return guide_part_unusable( $field );
		}
		if ( isset( $patterns[ $field ] ) && ! preg_match( $patterns[ $field ], $value ) ) {
			return guide_part_unusable( $field );
		}
		if ( isset( $below[ $field ] ) && ( 0 !== strpos( $value, $below[ $field ] ) || ! guide_part_is_link( $value ) ) ) {
			/* translators: %s: an address. */
			return guide_part_unusable( sprintf( __( 'it says that it stands at %s', 'guide-part' ), $value ) );
		}
		$kept[ $field ] = $value;
	}
	return $kept;
}

/**
 * Read the license of a part.
 *
 * @param mixed $license What the file holds.
 * @return array|null Empty without a license, null if it can't be read.
 */
function guide_part_read_license( $license ) {
	if ( null === $license ) {
		return array();
	}
	$name = is_array( $license ) ? ( $license['name'] ?? null ) : null;
	$url  = is_array( $license ) ? ( $license['url'] ?? null ) : null;
	if ( ! is_string( $name ) || '' === $name || strlen( $name ) > 200 || guide_part_has_hidden_letters( $name ) || ! guide_part_is_link( $url ) ) {
		return null;
	}
	return array(
		'name' => $name,
		'url'  => $url,
	);
}

/**
 * Read which clinician has signed a part.
 *
 * @param mixed $signature What the file holds.
 * @return string|null "" if none has, null if it can't be read.
 */
function guide_part_read_signature( $signature ) {
	if ( null === $signature ) {
		return '';
	}
	$by = is_array( $signature ) ? ( $signature['by'] ?? null ) : null;
	return is_string( $by ) && '' !== $by && strlen( $by ) < 300 && ! guide_part_has_hidden_letters( $by ) ? $by : null;
}

/**
 * Read the sources of a part.
 *
 * @param mixed $sources What the file holds.
 * @return array|null Null if they can't be read.
 */
function guide_part_read_sources( $sources ) {
	if ( ! is_array( $sources ) || count( $sources ) > 1000 ) {
		return null;
	}
	$kept = array();
	foreach ( array_values( $sources ) as $source ) {
		$read = array();
		foreach ( array( 'title', 'publisher', 'URL' ) as $field ) {
			$value = is_array( $source ) ? ( $source[ $field ] ?? '' ) : null;
			if ( ! is_string( $value ) || strlen( $value ) > 2000 || guide_part_has_hidden_letters( $value ) ) {
				return null;
			}
			$read[ $field ] = $value;
		}
		if ( '' === $read['title'] || ( '' !== $read['URL'] && ! guide_part_is_link( $read['URL'] ) ) ) {
			return null;
		}
		$kept[] = $read;
	}
	return $kept;
}
