import { AwsError } from "./aws";
import type { WebAcl } from "./sampleAccount";

/** AWS WAF as far as load balancers have to do with it: the account's web ACLs, and what each one filters. */
export class WebAcls {
  private readonly associations = new Map<string, WebAcl>();

  constructor(
    private readonly webAcls: readonly WebAcl[],
    private readonly isThere: (loadBalancerArn: string) => boolean,
  ) {}

  /** A load balancer has one web ACL: another one takes its place. */
  associate(webAclArn: string, loadBalancerArn: string): void {
    const webAcl = this.webAcls.find(({ arn }) => arn === webAclArn);
    if (webAcl === undefined || !this.isThere(loadBalancerArn)) {
      throw nonexistent();
    }
    this.associations.set(loadBalancerArn, webAcl);
  }

  /** Takes away whichever web ACL there is: AWS does not ask which one is meant. */
  disassociate(loadBalancerArn: string): void {
    if (!this.isThere(loadBalancerArn)) {
      throw nonexistent();
    }
    this.associations.delete(loadBalancerArn);
  }

  /** The ARN of the web ACL with this name. */
  named(name: string): string | undefined {
    return this.webAcls.map(({ arn }) => arn).find((arn) => arn.split("/")[2] === name);
  }

  find(loadBalancerArn: string): WebAcl | undefined {
    return this.isThere(loadBalancerArn) ? this.associations.get(loadBalancerArn) : undefined;
  }
}

const nonexistent = () =>
  new AwsError(
    "WAFNonexistentItemException",
    "AWS WAF couldn’t perform the operation because your resource doesn’t exist.",
  );
