import * as lb from "@pulumi/aws/lb";
import type * as pulumi from "@pulumi/pulumi";
import { MutualAuthenticationMode, Protocol } from "../args";
import { DEFAULTS } from "../args/defaults";
import { certificateLabel, createByValue } from "../plan/identity";
import {
  listenerPorts,
  ownListener,
  plannedListeners,
  redirectPort,
  type ListenerSettings,
  type PlannedListener,
} from "../plan/listeners";
import { DEFAULT_SSL_POLICY } from "../plan/securityPolicies";
import type { Scope } from "../shared/scope";
import type { Destinations } from "../targetGroups/targets/register";
import { addDomainCertificates, type DomainCertificates } from "./domain/create";
import { requestHeaderNamesOf } from "./requestHeaderNames";
import { responseHeadersOf } from "./responseHeaders";
import { defaultActionsOf, isManagedElsewhere } from "./rules/actions";
import { createRules } from "./rules/create";

const { port: HTTP_PORT, httpsPort: HTTPS_PORT, redirectStatusCode } = DEFAULTS.LoadBalancedGroup;

/** The listeners and their rules. */
export interface CreatedListeners {
  readonly listeners: Listeners;
  /** By their keys, with the key of a further listener before those of its rules. */
  readonly rules: Readonly<Record<string, lb.ListenerRule>>;
}

export interface Listeners {
  /** The HTTP listener. Missing with `httpsOnly`. */
  readonly http?: lb.Listener;
  /** The HTTPS listener. Missing without a certificate. */
  readonly https?: lb.Listener;
  /** The further listeners by their keys. */
  readonly [key: string]: lb.Listener | undefined;
}

/**
 * Creates the listeners: HTTP, or with a certificate HTTPS and a redirect to it, and the further ones. They wait
 * for `ready` and for the registered targets, so that requests are never sent to a target group that is still empty.
 */
export function createListeners(
  scope: Scope,
  loadBalancer: lb.LoadBalancer,
  destinations: Destinations,
  /** The certificates of the domain, if there are several. */
  domainCertificates: DomainCertificates,
  ready: pulumi.Resource[],
): CreatedListeners {
  const [own, ...others] = plannedListeners(scope.args);
  const registrations = Object.values(destinations.registrations).flat();
  const create = (planned: PlannedListener, dependsOn: pulumi.Input<pulumi.Resource>[]) =>
    createListener(scope, planned, loadBalancer, destinations, domainCertificates, dependsOn);
  const first = create(own, [...registrations, ...ready]);
  // The group's own listener may have had the port of a further one, so it moves first.
  const further = others.map((planned) => create(planned, [first.listener]));
  const all = [first, ...further];
  const redirect = createRedirect(scope, loadBalancer, first);
  return {
    listeners: Object.fromEntries([
      ...(redirect === undefined ? [] : [["http", redirect] as const]),
      ...all.map(({ key, listener }) => [key, listener] as const),
    ]),
    rules: Object.fromEntries([
      ...Object.entries(first.rules),
      ...further.flatMap(({ key, rules }) =>
        Object.entries(rules).map(([rule, created]) => [`${key}.${rule}`, created] as const),
      ),
    ]),
  };
}

/** A listener with its certificates and rules. */
interface Created {
  readonly key: string;
  readonly listener: lb.Listener;
  readonly certificates: pulumi.Input<lb.ListenerCertificate>[];
  readonly rules: Readonly<Record<string, lb.ListenerRule>>;
}

function createListener(
  scope: Scope,
  { key, port, protocol, settings, pathPrefix }: PlannedListener,
  loadBalancer: lb.LoadBalancer,
  destinations: Destinations,
  domainCertificates: DomainCertificates,
  dependsOn: pulumi.Input<pulumi.Resource>[],
): Created {
  const { name, args, parent } = scope;
  const listener = new lb.Listener(
    listenerName(name, port),
    {
      loadBalancerArn: loadBalancer.arn,
      port,
      protocol,
      ...(protocol === Protocol.HTTPS ? tlsOf(settings) : {}),
      defaultActions: defaultActionsOf(settings, destinations.targetGroups),
      ...responseHeadersOf(settings),
      tags: args.tags,
    },
    {
      parent,
      dependsOn,
      ignoreChanges: isManagedElsewhere(settings) ? ["defaultActions"] : [],
      ...identity(scope, port, protocol),
    },
  );
  const isOwn = pathPrefix === "";
  const prefix = isOwn ? name : `${name}-listener-${port}`;
  const { additionalCertificateArns, certificateArn } = settings;
  const { arn } = listener;
  const certified = { name: prefix, parent };
  const usesDomain = protocol === Protocol.HTTPS && certificateArn === args.certificateArn;
  return {
    key,
    listener,
    certificates: [
      ...addCertificates(certified, additionalCertificateArns, arn),
      ...(usesDomain ? addDomainCertificates(certified, domainCertificates, arn) : []),
    ],
    rules: createRules(
      {
        name: prefix,
        args: { rules: settings.rules, adopt: isOwn ? args.adopt : undefined, tags: args.tags },
        parent,
      },
      { arn },
      destinations,
    ),
  };
}

function tlsOf(settings: ListenerSettings): Partial<lb.ListenerArgs> {
  return {
    certificateArn: settings.certificateArn,
    sslPolicy: settings.sslPolicy ?? DEFAULT_SSL_POLICY,
    mutualAuthentication: mutualAuthenticationOf(settings),
    ...requestHeaderNamesOf(settings),
  };
}

/** Redirects clients to HTTPS, only when all its certificates and rules exist. */
function createRedirect(
  scope: Scope,
  loadBalancer: lb.LoadBalancer,
  { listener: https, certificates, rules }: Created,
): lb.Listener | undefined {
  const { name, args, parent } = scope;
  const port = redirectPort(args);
  if (port === undefined) return undefined;
  const redirect = {
    protocol: Protocol.HTTPS,
    port: String(ownListener(args).port),
    statusCode: args.redirectStatusCode ?? redirectStatusCode,
  };
  return new lb.Listener(
    listenerName(name, port),
    {
      loadBalancerArn: loadBalancer.arn,
      port,
      protocol: Protocol.HTTP,
      defaultActions: [{ type: "redirect", redirect }],
      tags: args.tags,
    },
    {
      parent,
      dependsOn: [https, ...certificates, ...Object.values(rules)],
      ...identity(scope, port, Protocol.HTTP),
    },
  );
}

/**
 * A load balancer has one listener on a port, so a listener is named after its port. A listener that gets another
 * protocol or other settings is then changed, and never created again beside itself.
 */
function listenerName(name: string, port: number): string {
  if (port === HTTP_PORT) return `${name}-http`;
  return port === HTTPS_PORT ? `${name}-https` : `${name}-listener-${port}`;
}

/** What makes a listener the same one as before: the existing one that is adopted, and its former name. */
function identity(
  { name, args }: Scope,
  port: number,
  protocol: Protocol,
): pulumi.CustomResourceOptions {
  const { port: httpPort = HTTP_PORT, adopt } = args;
  // It may have been HTTPS, from which the provider can't take the security policy away.
  const replaced =
    protocol === Protocol.HTTP && port === HTTPS_PORT
      ? { replaceOnChanges: ["protocol"], deleteBeforeReplace: true }
      : {};
  const { http, https } = adopt?.listenerArns ?? {};
  if (protocol === Protocol.HTTPS && port === ownListener(args).port) return { import: https };
  if (port !== httpPort) return replaced;
  // Former versions called it so on any port.
  const former = `${name}-http`;
  const isTaken = listenerPorts(args).some((one) => listenerName(name, one) === former);
  return { ...replaced, aliases: isTaken ? [] : [{ name: former }], import: http };
}

/**
 * Mutual TLS, which is also sent if it is off, to turn off one that was on. The other settings are for the mode
 * `verify`; AWS has none of them in the other modes.
 */
function mutualAuthenticationOf({ mutualAuthentication: settings }: ListenerSettings) {
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
