import type * as https from "node:https";
import { certificateFor, type Emulator } from "../../emulator";

/**
 * How a browser asks for a host: its name is looked up in Route 53, and must lead to the listener's load
 * balancer, whose certificate is judged.
 */
export async function browsing(
  { ec2, elb, route53 }: Emulator,
  host: string,
  listenerArn: string,
): Promise<{ url: string; options: https.RequestOptions }> {
  const { loadBalancerArn, certificateArn = "" } = elb.describeListener(listenerArn);
  const { dnsName } = elb.describeLoadBalancer(loadBalancerArn);
  const shown = ec2.findCertificate(certificateArn);
  if (shown === undefined) throw new Error(`there is no certificate ${certificateArn}`);
  const { cert: ca } = await certificateFor(shown);
  const url = new URL(elb.listenerUrl(listenerArn));
  url.hostname = host;
  return {
    url: url.href,
    options: {
      ca,
      rejectUnauthorized: true,
      lookup: (name, { all }, found) => {
        const [cname] = route53.answer(name, "CNAME")?.values ?? [];
        const alias = route53.answer(name, "A")?.alias?.name ?? cname;
        const error = alias === dnsName ? null : new Error(`${name} leads to ${alias}`);
        if (all === true) found(error, [{ address: "127.0.0.1", family: 4 }]);
        else found(error, "127.0.0.1", 4);
      },
    },
  };
}
