import { type ElasticLoadBalancing, type Listener, type LoadBalancer } from "./aws";
import { EmulatedElasticLoadBalancing } from "./elb/elasticLoadBalancing";

type Input<Method extends "createLoadBalancer" | "createListener" | "modifyListener"> = Parameters<
  ElasticLoadBalancing[Method]
>;

/** Elastic Load Balancing with what only the emulator needs: all load balancers, and events of listeners. */
export class ObservedLoadBalancing extends EmulatedElasticLoadBalancing {
  private readonly loadBalancerArns = new Set<string>();
  private readonly listenerSubscribers: ((listener: Listener) => void)[] = [];

  usesSecurityGroup(groupId: string): boolean {
    return this.existingLoadBalancers().some(({ securityGroups }) =>
      securityGroups.includes(groupId),
    );
  }

  existingLoadBalancers(): LoadBalancer[] {
    return [...this.loadBalancerArns].map((arn) => this.describeLoadBalancer(arn));
  }

  onListener(subscriber: (listener: Listener) => void): void {
    this.listenerSubscribers.push(subscriber);
  }

  override createLoadBalancer(...input: Input<"createLoadBalancer">): LoadBalancer {
    const created = super.createLoadBalancer(...input);
    this.loadBalancerArns.add(created.loadBalancerArn);
    return created;
  }

  override async deleteLoadBalancer(arn: string): Promise<void> {
    await super.deleteLoadBalancer(arn);
    this.loadBalancerArns.delete(arn);
  }

  override async createListener(...input: Input<"createListener">): Promise<Listener> {
    const created = await super.createListener(...input);
    this.notify(created);
    return created;
  }

  override async modifyListener(...input: Input<"modifyListener">): Promise<Listener> {
    const modified = await super.modifyListener(...input);
    this.notify(modified);
    return modified;
  }

  private notify(listener: Listener): void {
    for (const subscriber of this.listenerSubscribers) {
      subscriber(listener);
    }
  }
}
