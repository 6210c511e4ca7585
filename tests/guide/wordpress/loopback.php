<?php
/* A must-use plugin: WordPress asks no server on its own machine, and trusts no certificate made for a test. */
add_filter(
	'http_request_host_is_external',
	function ( $external, $host ) {
		return $external || '127.0.0.1' === $host;
	},
	10,
	2
);
add_filter(
	'http_allowed_safe_ports',
	function ( $ports, $host, $url ) {
		return '127.0.0.1' === $host ? array_merge( $ports, array( parse_url( $url, PHP_URL_PORT ) ) ) : $ports;
	},
	10,
	3
);
add_filter(
	'http_request_args',
	function ( $arguments ) {
		$arguments['sslcertificates'] = getenv( 'GUIDE_TEST_CERTIFICATE' );
		return $arguments;
	}
);
