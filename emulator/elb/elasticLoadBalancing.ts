import type {
  Attributes,
  AccountServices,
  ElasticLoadBalancing,
  HealthCheck,
  IpAddressType,
  Listener,
  ListenerRule,
  ListenerCertificate,
  LoadBalancer,
  RuleChange,
  TargetDescription,
  TargetGroup,
  TargetHealth,
  TargetTransition,
} from "../aws";
import { dualstackOnly, looseAction } from "./actions";
import { isOn } from "./attributes";
import { type ListenerChange, Listeners } from "./listeners";
import { type LoadBalancerInput, LoadBalancers } from "./loadBalancers";
import type { ServedRequest } from "./servedRequest";
import { TargetGroups } from "./targetGroups";

/**
 * Elastic Load Balancing on one machine: the API's rules, with real sockets behind the listeners.
 *
 * Everything that is returned is a copy, as an answer of the API would be.
 */
export class EmulatedElasticLoadBalancing implements ElasticLoadBalancing {
  private readonly subscribers: ((transition: TargetTransition) => void)[] = [];
  private readonly requestSubscribers: ((request: ServedRequest) => void)[] = [];
  private readonly loadBalancers: LoadBalancers;
  private readonly listeners: Listeners;
  private readonly targetGroups: TargetGroups;

  constructor(services: AccountServices) {
    this.loadBalancers = new LoadBalancers(services);
    this.listeners = new Listeners(
      services,
      this.loadBalancers,
      () => this.targetGroups,
      (request) => {
        for (const subscriber of this.requestSubscribers) {
          subscriber(request);
        }
      },
    );
    this.targetGroups = new TargetGroups(
      services,
      (arn) => this.listeners.loadBalancerUsing(arn),
      (transition) => {
        for (const subscriber of this.subscribers) {
          subscriber(transition);
        }
      },
    );
  }

  createTargetGroup(input: Omit<TargetGroup, "targetGroupArn">): TargetGroup {
    return structuredClone(this.targetGroups.create(input));
  }

  modifyTargetGroup(arn: string, healthCheck: HealthCheck): TargetGroup {
    return structuredClone(this.targetGroups.modifyHealthCheck(arn, healthCheck));
  }

  modifyTargetGroupAttributes(arn: string, attributes: Attributes): TargetGroup {
    if (isOn(attributes, "stickiness.enabled") && this.listeners.sharesLoosely(arn)) {
      throw looseAction(arn);
    }
    return structuredClone(this.targetGroups.modifyAttributes(arn, attributes));
  }

  describeTargetGroup(arn: string): TargetGroup {
    return structuredClone(this.targetGroups.find(arn).group);
  }

  loadBalancersOf(targetGroupArn: string): LoadBalancer[] {
    const user = this.listeners.loadBalancerUsing(targetGroupArn);
    return user === undefined ? [] : [structuredClone(user)];
  }

  deleteTargetGroup(arn: string): void {
    this.targetGroups.delete(arn);
  }

  registerTarget(targetGroupArn: string, target: TargetDescription): void {
    this.targetGroups.register(targetGroupArn, target);
  }

  deregisterTarget(targetGroupArn: string, target: TargetDescription): void {
    this.targetGroups.deregister(targetGroupArn, target);
  }

  describeTargetHealth(targetGroupArn: string): TargetHealth[] {
    return structuredClone(this.targetGroups.describeHealth(targetGroupArn));
  }

  createLoadBalancer(input: LoadBalancerInput): LoadBalancer {
    return structuredClone(this.loadBalancers.create(input));
  }

  setSubnets(arn: string, subnetIds: string[]): LoadBalancer {
    const loadBalancer = this.loadBalancers.setSubnets(arn, subnetIds);
    this.targetGroups.refresh();
    return structuredClone(loadBalancer);
  }

  setSecurityGroups(arn: string, securityGroups: string[]): LoadBalancer {
    return structuredClone(this.loadBalancers.setSecurityGroups(arn, securityGroups));
  }

  setIpAddressType(arn: string, ipAddressType: IpAddressType): LoadBalancer {
    const needing = this.listeners.groupOfIpv6(arn);
    if (ipAddressType === "ipv4" && needing !== undefined) {
      throw dualstackOnly(needing);
    }
    return structuredClone(this.loadBalancers.setIpAddressType(arn, ipAddressType));
  }

  modifyIpPools(arn: string, ipv4IpamPoolId: string | undefined): LoadBalancer {
    return structuredClone(this.loadBalancers.modifyIpPools(arn, ipv4IpamPoolId));
  }

  modifyCapacityReservation(arn: string, capacityUnits: number | undefined): LoadBalancer {
    return structuredClone(this.loadBalancers.modifyCapacityReservation(arn, capacityUnits));
  }

  modifyLoadBalancerAttributes(arn: string, attributes: Attributes): LoadBalancer {
    return structuredClone(this.loadBalancers.modifyAttributes(arn, attributes));
  }

  describeLoadBalancer(arn: string): LoadBalancer {
    return structuredClone(this.loadBalancers.find(arn));
  }

  deleteLoadBalancer(arn: string): Promise<void> {
    return this.after(() => {
      if (this.loadBalancers.delete(arn)) {
        this.listeners.cut(arn);
      }
    });
  }

  async createListener(input: Omit<Listener, "listenerArn">): Promise<Listener> {
    const listener = await this.listeners.create(input);
    this.targetGroups.refresh();
    return structuredClone(listener);
  }

  async modifyListener(arn: string, change: ListenerChange): Promise<Listener> {
    const listener = await this.listeners.modify(arn, change);
    this.targetGroups.refresh();
    return structuredClone(listener);
  }

  describeListener(arn: string): Listener {
    return structuredClone(this.listeners.find(arn).listener);
  }

  deleteListener(arn: string): Promise<void> {
    return this.after(() => {
      this.listeners.delete(arn);
    });
  }

  modifyListenerAttributes(arn: string, attributes: Attributes): Attributes {
    return structuredClone(this.listeners.modifyAttributes(arn, attributes));
  }

  describeListenerAttributes(arn: string): Attributes {
    return structuredClone(this.listeners.find(arn).attributes);
  }

  addListenerCertificate(listenerArn: string, certificateArn: string): Promise<void> {
    return this.listeners.addCertificate(listenerArn, certificateArn);
  }

  removeListenerCertificate(listenerArn: string, certificateArn: string): Promise<void> {
    return this.listeners.removeCertificate(listenerArn, certificateArn);
  }

  usesCertificate(certificateArn: string): boolean {
    return this.listeners.useCertificate(certificateArn);
  }

  describeListenerCertificates(listenerArn: string): ListenerCertificate[] {
    return this.listeners.certificates(listenerArn);
  }

  createRule(input: Omit<ListenerRule, "ruleArn">): ListenerRule {
    return this.changedRule(() => this.listeners.rules.create(input));
  }

  modifyRule(arn: string, change: RuleChange): ListenerRule {
    return this.changedRule(() => this.listeners.rules.modify(arn, change));
  }

  setRulePriorities(priorities: { ruleArn: string; priority: number }[]): ListenerRule[] {
    return structuredClone(this.listeners.rules.setPriorities(priorities));
  }

  describeRule(arn: string): ListenerRule {
    return structuredClone(this.listeners.rules.find(arn));
  }

  deleteRule(arn: string): void {
    this.listeners.rules.delete(arn);
    this.targetGroups.refresh();
  }

  findLoadBalancer(name: string): string | undefined {
    return this.loadBalancers.findByName(name)?.loadBalancerArn;
  }

  findTargetGroup(name: string): string | undefined {
    return this.targetGroups.findByName(name)?.targetGroupArn;
  }

  findListener(loadBalancerArn: string, port: number): string | undefined {
    return this.listeners.findByPort(loadBalancerArn, port)?.listenerArn;
  }

  findRule(listenerArn: string, priority: number): string | undefined {
    return this.listeners.rules.findByPriority(listenerArn, priority)?.ruleArn;
  }

  /** All listeners, those included whose socket is just being opened. */
  describeListeners(): Listener[] {
    return structuredClone(this.listeners.all());
  }

  /** The rules of all listeners, but for their default actions. */
  describeRules(): ListenerRule[] {
    return structuredClone(this.listeners.rules.all());
  }

  describeTargetGroups(): TargetGroup[] {
    return structuredClone(this.targetGroups.all());
  }

  listenerUrl(arn: string): string {
    return this.listeners.url(arn);
  }

  onTargetTransition(subscriber: (transition: TargetTransition) => void): void {
    this.subscribers.push(subscriber);
  }

  /** Tells of each request when its answer is over. */
  onRequest(subscriber: (request: ServedRequest) => void): void {
    this.requestSubscribers.push(subscriber);
  }

  close(): Promise<void> {
    this.listeners.close();
    this.targetGroups.close();
    return Promise.resolve();
  }

  private changedRule(change: () => ListenerRule): ListenerRule {
    const rule = change();
    this.targetGroups.refresh();
    return structuredClone(rule);
  }

  /** Changes the listeners and looks again at what is in use; refuses by rejecting. */
  private async after(change: () => void): Promise<void> {
    await Promise.resolve();
    change();
    this.targetGroups.refresh();
  }
}
