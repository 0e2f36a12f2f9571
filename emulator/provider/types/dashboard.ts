import { during, unlessGone } from "../awsCalls";
import { given, type Shape, textOf } from "../properties";
import { type Aws, type ResourceType } from "../resourceType";
import { type Properties } from "../values";

const INPUTS: Shape = {
  dashboardName: { kind: "string", required: true, forceNew: true },
  dashboardBody: { kind: "string", required: true },
};

export const dashboard: ResourceType = {
  token: "aws:cloudwatch/dashboard:Dashboard",
  inputs: INPUTS,
  outputs: { dashboardArn: { kind: "string" } },

  async create(inputs, aws) {
    const name = given(textOf(inputs, "dashboardName"), "dashboardName");
    await put("creating", name, inputs, aws);
    return { id: name };
  },

  async read(id, _state, { cloudWatch, calls, ec2 }) {
    const dashboardBody = await unlessGone(
      "ResourceNotFound",
      calls.cloudWatch("GetDashboard", () => cloudWatch.getDashboard(id)),
    );
    const dashboardArn = `arn:aws:cloudwatch::${ec2.accountId}:dashboard/${id}`;
    return dashboardBody === undefined
      ? undefined
      : { dashboardName: id, dashboardBody, dashboardArn };
  },

  update: (id, _olds, news, aws) => put("updating", id, news, aws),

  async delete(id, _state, { cloudWatch, calls }) {
    const deletion = calls.cloudWatch("DeleteDashboards", () => {
      cloudWatch.deleteDashboard(id);
    });
    await during(`deleting CloudWatch Dashboard (${id})`, unlessGone("ResourceNotFound", deletion));
  },
};

/** Creating and updating are one call. */
async function put(verb: string, name: string, inputs: Properties, aws: Aws): Promise<void> {
  const body = given(textOf(inputs, "dashboardBody"), "dashboardBody");
  await during(
    `${verb} CloudWatch Dashboard (${name})`,
    aws.calls.cloudWatch("PutDashboard", () => {
      aws.cloudWatch.putDashboard(name, body);
    }),
  );
}
