import * as lb from "@pulumi/aws/lb";
import type * as pulumi from "@pulumi/pulumi";
import { MutualAuthenticationMode, type LoadBalancedGroupArgs } from "../args";
import { defaultActionOf } from "./rules/actions";
import { DEFAULTS } from "../args/defaults";
import { HTTPS_PORT, isEncrypted } from "../plan/https";
import { certificateLabel, createByValue } from "../plan/identity";
import { createRules } from "./rules/create";
import { responseHeadersOf } from "./responseHeaders";
import { DEFAULT_SSL_POLICY } from "../plan/securityPolicies";
import type { Destinations } from "../targetGroups/targets/register";
import type { Scope } from "../shared/scope";

const { port: HTTP_PORT } = DEFAULTS.LoadBalancedGroup;

/** The listeners and their rules. */
export interface CreatedListeners {
  readonly listeners: Listeners;
  /** By their keys. */
  readonly rules: Readonly<Record<string, lb.ListenerRule>>;
}

export interface Listeners {
  /** Missing with `httpsOnly`. */
  readonly http?: lb.Listener;
  /** Missing without a certificate. */
  readonly https?: lb.Listener;
}

/**
 * Creates the listeners: HTTP, or with a certificate HTTPS and a redirect to it. They wait for `ready` and for
 * the registered targets, so that requests are never sent to a target group that is still empty.
 */
export function createListeners(
  scope: Scope,
  loadBalancer: lb.LoadBalancer,
  destinations: Destinations,
  ready: pulumi.Resource[],
): CreatedListeners {
  const { name, args, parent } = scope;
  const { port = HTTP_PORT, httpsOnly = false, adopt, tags } = args;
  const { listenerArns } = adopt ?? {};
  const { targetGroups, registrations } = destinations;
  const dependsOn = [...Object.values(registrations).flat(), ...ready];
  const common = { loadBalancerArn: loadBalancer.arn, tags };
  const headers = responseHeadersOf(args);
  const defaultActions = [defaultActionOf(args, targetGroups)];

  if (!isEncrypted(args)) {
    const plainText = { ...common, port, protocol: "HTTP", defaultActions, ...headers };
    // A load balancer has one listener on a port, so HTTP on 443 is the same resource as HTTPS.
    // It can become HTTPS in place. But the provider can't take the security policy away from HTTPS.
    const inPlaceOfHttps = {
      aliases: [{ name: `${name}-http` }],
      replaceOnChanges: ["protocol"],
      deleteBeforeReplace: true,
    };
    const [listenerName, others] =
      port === HTTPS_PORT ? [`${name}-https`, inPlaceOfHttps] : [`${name}-http`, {}];
    const opts = { parent, dependsOn, import: listenerArns?.http, ...others };
    const http = new lb.Listener(listenerName, plainText, opts);
    return { listeners: { http }, rules: createRules(scope, { arn: http.arn }, destinations) };
  }
  const https = new lb.Listener(
    `${name}-https`,
    {
      ...common,
      port: HTTPS_PORT,
      protocol: "HTTPS",
      certificateArn: args.certificateArn,
      sslPolicy: args.sslPolicy ?? DEFAULT_SSL_POLICY,
      mutualAuthentication: mutualAuthenticationOf(args),
      defaultActions,
      ...headers,
    },
    { parent, dependsOn, import: listenerArns?.https },
  );
  const certificates = addCertificates(scope, args.additionalCertificateArns, https.arn);
  const rules = createRules(scope, { arn: https.arn }, destinations);
  if (httpsOnly) return { listeners: { https }, rules };
  const redirect = { protocol: "HTTPS", port: String(HTTPS_PORT), statusCode: "HTTP_301" };
  const http = new lb.Listener(
    `${name}-http`,
    { ...common, port, protocol: "HTTP", defaultActions: [{ type: "redirect", redirect }] },
    // Clients are redirected to HTTPS only when all its certificates and rules exist.
    {
      parent,
      dependsOn: [https, ...certificates, ...Object.values(rules)],
      import: listenerArns?.http,
    },
  );
  return { listeners: { http, https }, rules };
}

/**
 * Mutual TLS, which is also sent if it is off, to turn off one that was on. The other settings are for the mode
 * `verify`; AWS has none of them in the other modes.
 */
function mutualAuthenticationOf({ mutualAuthentication: settings }: LoadBalancedGroupArgs) {
  const { mode = MutualAuthenticationMode.Off } = settings ?? {};
  return mode === MutualAuthenticationMode.Verify ? settings : { mode };
}

/** Adds further certificates to a listener. */
export function addCertificates(
  { name, parent }: Pick<Scope, "name" | "parent">,
  certificateArns: Readonly<Record<string, pulumi.Input<string>>> = {},
  listenerArn: pulumi.Input<string>,
): pulumi.Input<lb.ListenerCertificate>[] {
  return Object.entries(certificateArns).map(([key, value]) =>
    createByValue({ value, key }, (arn) => {
      const formerName = `${name}-certificate-${key}`;
      return new lb.ListenerCertificate(
        `${name}-listener-certificate-${certificateLabel(arn)}`,
        { listenerArn, certificateArn: value },
        { parent, aliases: [{ name: formerName }] },
      );
    }),
  );
}
