import type * as pulumi from "@pulumi/pulumi";

/**
 * Other names for the headers in which targets get details of a client's certificate and of the TLS
 * connection.
 *
 * A header that is left out has AWS's name.
 */
export interface RequestHeaderNamesArgs {
  /**
   * The name of the header with the client's whole certificate chain.
   *
   * Needs `mutualAuthentication` with the mode `passthrough`. Defaults to X-Amzn-Mtls-Clientcert.
   * Source: https://docs.aws.amazon.com/elasticloadbalancing/latest/application/header-modification.html.
   */
  clientCertificate?: pulumi.Input<string>;

  /**
   * The name of the header with the client's certificate.
   *
   * Needs `mutualAuthentication` with the mode `verify`. Defaults to X-Amzn-Mtls-Clientcert-Leaf.
   * Source: https://docs.aws.amazon.com/elasticloadbalancing/latest/application/header-modification.html.
   */
  clientCertificateLeaf?: pulumi.Input<string>;

  /**
   * The name of the header with the issuer of the client's certificate.
   *
   * Needs `mutualAuthentication` with the mode `verify`. Defaults to X-Amzn-Mtls-Clientcert-Issuer.
   * Source: https://docs.aws.amazon.com/elasticloadbalancing/latest/application/header-modification.html.
   */
  clientCertificateIssuer?: pulumi.Input<string>;

  /**
   * The name of the header with the subject of the client's certificate.
   *
   * Needs `mutualAuthentication` with the mode `verify`. Defaults to X-Amzn-Mtls-Clientcert-Subject.
   * Source: https://docs.aws.amazon.com/elasticloadbalancing/latest/application/header-modification.html.
   */
  clientCertificateSubject?: pulumi.Input<string>;

  /**
   * The name of the header with the serial number of the client's certificate.
   *
   * Needs `mutualAuthentication` with the mode `verify`. Defaults to X-Amzn-Mtls-Clientcert-Serial-Number.
   * Source: https://docs.aws.amazon.com/elasticloadbalancing/latest/application/header-modification.html.
   */
  clientCertificateSerialNumber?: pulumi.Input<string>;

  /**
   * The name of the header with the validity period of the client's certificate.
   *
   * Needs `mutualAuthentication` with the mode `verify`. Defaults to X-Amzn-Mtls-Clientcert-Validity.
   * Source: https://docs.aws.amazon.com/elasticloadbalancing/latest/application/header-modification.html.
   */
  clientCertificateValidity?: pulumi.Input<string>;

  /**
   * The name of the header with the TLS version of the connection.
   *
   * Needs `tlsVersionAndCipherSuiteHeaders` of the group. Defaults to X-Amzn-Tls-Version.
   * Source: https://docs.aws.amazon.com/elasticloadbalancing/latest/application/header-modification.html.
   */
  tlsVersion?: pulumi.Input<string>;

  /**
   * The name of the header with the cipher suite of the connection.
   *
   * Needs `tlsVersionAndCipherSuiteHeaders` of the group. Defaults to X-Amzn-Tls-Cipher-Suite.
   * Source: https://docs.aws.amazon.com/elasticloadbalancing/latest/application/header-modification.html.
   */
  tlsCipherSuite?: pulumi.Input<string>;
}
