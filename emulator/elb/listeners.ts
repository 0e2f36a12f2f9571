import {
  type Action,
  type Attributes,
  AwsError,
  type AccountServices,
  type Listener,
  type ListenerCertificate,
  type LoadBalancer,
} from "../aws";
import { type ActionContext, groupsOf, isLoose } from "./actions";
import { listenerArn } from "./naming";
import { mergeListenerAttributes, seconds } from "./attributes";
import { checkListener, completed, usableCertificate } from "./listenerRules";
import { KeySets } from "./keySets";
import { ListenerSocket } from "./listenerSocket";
import type { LoadBalancers } from "./loadBalancers";
import { amend } from "./responseHeaders";
import { answer } from "./responsePages";
import { Router } from "./routing";
import { Rules } from "./rules";
import { type ServedRequest, watch } from "./servedRequest";
import type { GroupRecord, TargetGroups } from "./targetGroups";
import { type TlsSettings, tlsSettings } from "./tlsSettings";
import { serve } from "./traffic";

const MAX_CERTIFICATES = 25;

interface ListenerRecord {
  listener: Listener;
  /** The certificates beside the default one. */
  readonly certificateArns: Set<string>;
  attributes: Attributes;
  /** Missing while the socket is being opened. */
  socket?: ListenerSocket;
  /** Those of the last change, while it is being made. */
  tls?: Promise<TlsSettings | undefined>;
}

export type ListenerChange = Omit<Listener, "listenerArn" | "loadBalancerArn">;

/** The listeners of the account and the sockets behind them. */
export class Listeners {
  private readonly records = new Map<string, ListenerRecord>();
  private readonly router = new Router();
  private readonly keySets = new KeySets();
  readonly rules: Rules;

  constructor(
    private readonly services: AccountServices,
    private readonly loadBalancers: LoadBalancers,
    private readonly targetGroups: () => TargetGroups,
    private readonly onServed: (request: ServedRequest) => void,
  ) {
    this.rules = new Rules({
      listener: (arn) => this.find(arn).listener,
      actionContext: (listener) => this.actionContext(listener),
    });
  }

  /** The load balancer with a listener that forwards to the group. */
  loadBalancerUsing(targetGroupArn: string): LoadBalancer | undefined {
    const use = this.uses(targetGroupArn).at(0);
    return use && this.loadBalancers.find(use.loadBalancerArn);
  }

  /** Whether the group shares requests with others, and nothing keeps a client with one of them. */
  sharesLoosely(targetGroupArn: string): boolean {
    return this.uses(targetGroupArn).some(({ action }) => isLoose(action));
  }

  /** A target group that the load balancer forwards to and reaches by IPv6. */
  groupOfIpv6(loadBalancerArn: string): string | undefined {
    return this.targetGroups()
      .all()
      .filter(({ ipAddressType }) => ipAddressType === "ipv6")
      .map(({ targetGroupArn }) => targetGroupArn)
      .find((arn) => this.loadBalancerUsing(arn)?.loadBalancerArn === loadBalancerArn);
  }

  /** The actions that name the group, each with its load balancer. */
  private uses(targetGroupArn: string): { loadBalancerArn: string; action: Action }[] {
    const defaults = [...this.records.values()].map(({ listener }) => ({
      loadBalancerArn: listener.loadBalancerArn,
      action: listener.defaultAction,
    }));
    const others = this.rules.all().map(({ listenerArn, action }) => ({
      loadBalancerArn: this.find(listenerArn).listener.loadBalancerArn,
      action,
    }));
    return [...defaults, ...others].filter(({ action }) =>
      groupsOf(action).some((group) => group.targetGroupArn === targetGroupArn),
    );
  }

  async create(input: Omit<Listener, "listenerArn">): Promise<Listener> {
    const arn = listenerArn(input.loadBalancerArn);
    const record: ListenerRecord = {
      listener: completed({ ...input, listenerArn: arn }),
      certificateArns: new Set(),
      attributes: mergeListenerAttributes({}, {}),
    };
    this.check(record.listener);
    // Kept before the socket is open, so that a second call for the same port is refused.
    this.records.set(arn, record);
    try {
      record.socket = await this.open(record);
    } catch (error) {
      this.records.delete(arn);
      throw error;
    }
    return record.listener;
  }

  all(): Listener[] {
    return [...this.records.values()].map(({ listener }) => listener);
  }

  find(arn: string): ListenerRecord {
    const record = this.records.get(arn);
    if (record === undefined) {
      throw new AwsError("ListenerNotFound", `Listener '${arn}' not found`);
    }
    return record;
  }

  findByPort(loadBalancerArn: string, port: number): Listener | undefined {
    return this.of(loadBalancerArn).find(({ listener }) => listener.port === port)?.listener;
  }

  async modify(arn: string, change: ListenerChange): Promise<Listener> {
    const record = this.find(arn);
    const before = record.listener;
    const { loadBalancerArn } = before;
    const kept = change.protocol === "HTTPS" ? before.mutualAuthentication : undefined;
    const { mutualAuthentication = kept } = change;
    const after = completed({ ...change, mutualAuthentication, listenerArn: arn, loadBalancerArn });
    this.check(after);
    if (after.port === before.port && after.protocol === before.protocol) {
      record.listener = after;
      await this.secure(record);
    } else {
      await this.reopen(record, after);
    }
    return record.listener;
  }

  delete(arn: string): void {
    this.find(arn).socket?.stop();
    this.rules.deleteOf(arn);
    this.records.delete(arn);
  }

  async addCertificate(arn: string, certificateArn: string): Promise<void> {
    const record = this.find(arn);
    const { listener, certificateArns } = record;
    if (listener.protocol !== "HTTPS") {
      throw new AwsError("ValidationError", "A certificate cannot be specified for HTTP listeners");
    }
    usableCertificate(this.services, certificateArn);
    const taken = this.of(listener.loadBalancerArn).flatMap((one) => [...one.certificateArns]);
    if (!taken.includes(certificateArn) && taken.length >= MAX_CERTIFICATES) {
      throw new AwsError(
        "TooManyCertificates",
        `A load balancer can have at most ${MAX_CERTIFICATES} certificates, default ones aside`,
      );
    }
    certificateArns.add(certificateArn);
    await this.secure(record);
  }

  async removeCertificate(arn: string, certificateArn: string): Promise<void> {
    const record = this.find(arn);
    const isAdded = record.certificateArns.delete(certificateArn);
    if (!isAdded && record.listener.certificateArn === certificateArn) {
      throw new AwsError("OperationNotPermitted", "Default certificate cannot be removed");
    }
    await this.secure(record);
  }

  modifyAttributes(arn: string, change: Attributes): Attributes {
    const record = this.find(arn);
    record.attributes = mergeListenerAttributes(record.attributes, change);
    return record.attributes;
  }

  useCertificate(certificateArn: string): boolean {
    return [...this.records.values()].some(
      ({ listener, certificateArns }) =>
        listener.certificateArn === certificateArn || certificateArns.has(certificateArn),
    );
  }

  certificates(arn: string): ListenerCertificate[] {
    const { listener, certificateArns } = this.find(arn);
    const added = [...certificateArns].map((one) => ({ certificateArn: one, isDefault: false }));
    const { certificateArn } = listener;
    return certificateArn === undefined ? added : [{ certificateArn, isDefault: true }, ...added];
  }

  url(arn: string): string {
    return this.find(arn).socket?.url ?? "";
  }

  /** Ends the listeners of a load balancer together with their connections. */
  cut(loadBalancerArn: string): void {
    for (const { listener, socket } of this.of(loadBalancerArn)) {
      socket?.cut();
      this.rules.deleteOf(listener.listenerArn);
      this.records.delete(listener.listenerArn);
    }
  }

  close(): void {
    for (const { socket } of this.records.values()) {
      socket?.cut();
    }
    this.rules.clear();
    this.records.clear();
  }

  private of(loadBalancerArn: string): ListenerRecord[] {
    return [...this.records.values()].filter(
      ({ listener }) => listener.loadBalancerArn === loadBalancerArn,
    );
  }

  private check(listener: Listener): void {
    const others = [...this.records.values()]
      .map((record) => record.listener)
      .filter(({ listenerArn }) => listenerArn !== listener.listenerArn);
    checkListener(listener, { services: this.services, others, ...this.actionContext(listener) });
  }

  private actionContext({ loadBalancerArn }: Listener): ActionContext {
    return {
      loadBalancer: this.loadBalancers.find(loadBalancerArn),
      targetGroup: (arn) => this.groupOf(arn).group,
      isUsedElsewhere: (arn) =>
        this.uses(arn).some((use) => use.loadBalancerArn !== loadBalancerArn),
    };
  }

  private groupOf(arn: string): GroupRecord {
    return this.targetGroups().find(arn);
  }

  /** Moves a listener to another port or protocol: the new socket is open before the old one goes. */
  private async reopen(record: ListenerRecord, after: Listener): Promise<void> {
    const { listener: before, socket: old } = record;
    const samePort = after.port === before.port;
    if (samePort) {
      old?.stop();
    }
    record.listener = after;
    try {
      record.socket = await this.open(record);
    } catch (error) {
      record.listener = before;
      throw error;
    }
    if (!samePort) {
      old?.stop();
    }
  }

  private async open(record: ListenerRecord): Promise<ListenerSocket> {
    const { loadBalancerArn } = record.listener;
    // Held here, since connections may outlive the listener and the load balancer.
    const loadBalancer = this.loadBalancers.find(loadBalancerArn);
    const attribute = (key: string) => seconds(loadBalancer.attributes, key) * 1000;
    return ListenerSocket.open({
      port: record.listener.port,
      tls: await this.tlsOf(record),
      times: () => ({
        idleTimeout: attribute("idle_timeout.timeout_seconds"),
        keepAlive: attribute("client_keep_alive.seconds"),
      }),
      serve: (exchange) => {
        const way = watch(exchange, record.listener.listenerArn, this.onServed);
        amend(exchange.response, record.attributes);
        if (this.records.get(record.listener.listenerArn) !== record) {
          // It came over a connection that was opened before the listener was deleted.
          answer(exchange.response, 503, { Connection: "close" });
          return;
        }
        serve(exchange, {
          listener: record.listener,
          listenerAttributes: record.attributes,
          loadBalancer,
          router: this.router,
          rules: this.rules,
          way,
          findKey: (endpoint, keyId) => this.keySets.find(endpoint, keyId),
          groupOf: (arn) => this.groupOf(arn),
          reachablePort: (port) => this.reachablePort(loadBalancerArn, port),
          isBlocked: (path) => this.services.isBlocked(loadBalancerArn, path),
        });
      },
    });
  }

  /** Shows clients the certificates that the listener has now. */
  private async secure(record: ListenerRecord): Promise<void> {
    record.tls = this.tlsOf(record);
    let latest, tls;
    do {
      // Keys take time to make: a change may have come after this one, and be ready before it.
      latest = record.tls;
      tls = await latest;
    } while (latest !== record.tls);
    if (tls !== undefined) record.socket?.secure(tls);
  }

  private tlsOf({ listener, certificateArns }: ListenerRecord): Promise<TlsSettings | undefined> {
    return tlsSettings(this.services, listener, certificateArns);
  }

  private reachablePort(loadBalancerArn: string, port: string): string {
    const found = this.of(loadBalancerArn).find(({ listener }) => String(listener.port) === port);
    return String(found?.socket?.port ?? port);
  }
}
