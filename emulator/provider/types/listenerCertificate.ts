import { during, unlessGone } from "../awsCalls";
import { given, textOf } from "../properties";
import { type ResourceType } from "../resourceType";
import { type Properties } from "../values";

const SEPARATOR = "_";

/** Nothing of an addition can be changed: it is its identity. */
export const listenerCertificate: ResourceType = {
  token: "aws:lb/listenerCertificate:ListenerCertificate",
  inputs: {
    listenerArn: { kind: "string", required: true, forceNew: true },
    certificateArn: { kind: "string", required: true, forceNew: true },
  },
  outputs: { region: { kind: "string" } },

  async create(inputs, { elb, calls }) {
    const { listenerArn, certificateArn } = identityOf(inputs);
    const id = [listenerArn, certificateArn].join(SEPARATOR);
    const add = () =>
      calls.elb("AddListenerCertificates", () =>
        elb.addListenerCertificate(listenerArn, certificateArn),
      );
    await during(
      `creating ELBv2 Listener Certificate (${id})`,
      calls.repeated("CertificateNotFound", add),
    );
    return { id };
  },

  async read(id, _state, { elb, calls, ec2 }) {
    const [listenerArn, certificateArn] = id.split(SEPARATOR);
    const certificates = await unlessGone(
      "ListenerNotFound",
      calls.elb("DescribeListenerCertificates", () =>
        elb.describeListenerCertificates(listenerArn),
      ),
    );
    const isAdded = certificates?.some(
      (one) => !one.isDefault && one.certificateArn === certificateArn,
    );
    return isAdded === true ? { listenerArn, certificateArn, region: ec2.region } : undefined;
  },

  update: () => Promise.reject(new Error("a listener's certificate is replaced, never updated")),

  async delete(id, state, { elb, calls }) {
    const { listenerArn, certificateArn } = identityOf(state);
    const remove = calls.elb("RemoveListenerCertificates", () =>
      elb.removeListenerCertificate(listenerArn, certificateArn),
    );
    // AWS refuses the default certificate, which the real provider takes for done.
    const removed = unlessGone("OperationNotPermitted", unlessGone("ListenerNotFound", remove));
    await during(`deleting ELBv2 Listener Certificate (${id})`, removed);
  },
};

function identityOf(properties: Properties): { listenerArn: string; certificateArn: string } {
  return {
    listenerArn: given(textOf(properties, "listenerArn"), "listenerArn"),
    certificateArn: given(textOf(properties, "certificateArn"), "certificateArn"),
  };
}
