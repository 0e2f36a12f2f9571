import type { Statement } from "../../lambda";
import { newStatementId } from "../autoname";
import { during, unlessGone } from "../awsCalls";
import { given, textOf } from "../properties";
import { type ResourceType } from "../resourceType";
import { type Properties } from "../values";

/** A statement of a function's policy, of which nothing can be changed. Functions are named by their ARNs. */
export const lambdaPermission: ResourceType = {
  token: "aws:lambda/permission:Permission",
  inputs: {
    action: { kind: "string", required: true, forceNew: true },
    function: { kind: "string", required: true, forceNew: true },
    principal: { kind: "string", required: true, forceNew: true },
    qualifier: { kind: "string", forceNew: true },
    sourceArn: { kind: "string", forceNew: true },
    statementId: { kind: "string", computed: true, forceNew: true },
    statementIdPrefix: { kind: "string", computed: true, forceNew: true },
  },
  outputs: { region: { kind: "string" } },
  longestName: 100,
  nameProperty: "statementId",

  async create(inputs, { lambda, calls }) {
    const statementId = newStatementId(inputs);
    const functionArn = given(textOf(inputs, "function"), "function");
    const statement: Statement = {
      statementId,
      action: given(textOf(inputs, "action"), "action"),
      principal: given(textOf(inputs, "principal"), "principal"),
      qualifier: textOf(inputs, "qualifier"),
      sourceArn: textOf(inputs, "sourceArn"),
    };
    const add = () =>
      calls.lambda("AddPermission", () => {
        lambda.addPermission(functionArn, statement);
      });
    await during(
      `adding Lambda Permission (${functionArn}/${statementId})`,
      calls.repeated("ResourceNotFoundException", add),
    );
    return { id: statementId };
  },

  async read(id, state, { lambda, calls, ec2 }) {
    const functionArn = given(textOf(state, "function"), "function");
    const found = await unlessGone(
      "ResourceNotFoundException",
      calls.lambda("GetPolicy", () => lambda.findPermission(functionArn, id)),
    );
    return found && { ...found, function: functionArn, region: ec2.region };
  },

  update: () => Promise.reject(new Error("a permission is replaced, never updated")),

  async delete(id, state: Properties, { lambda, calls }) {
    const functionArn = given(textOf(state, "function"), "function");
    const remove = calls.lambda("RemovePermission", () => {
      lambda.removePermission(functionArn, id);
    });
    await during(
      `removing Lambda Permission (${functionArn}/${id})`,
      unlessGone("ResourceNotFoundException", remove),
    );
  },
};
