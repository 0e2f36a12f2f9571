import * as pulumi from "@pulumi/pulumi";
import { InvalidArgumentsError } from "../components/checks";

type Detail = pulumi.InputPropertiesError["errors"][number];

/**
 * The error without secrets, to be returned to the engine. For each property in the error, the engine prints
 * its value, even if it is secret. So problems of secret arguments go only into the message, which has no
 * values that are secret.
 */
export async function withoutSecrets(error: unknown, inputs: pulumi.Inputs): Promise<unknown> {
  if (!pulumi.InputPropertiesError.isInstance(error)) return error;
  const details = await Promise.all(
    error.errors.map(async (detail) => ({ detail, secret: await isSecret(detail, inputs) })),
  );
  const note = error instanceof InvalidArgumentsError ? error.omissionNote : undefined;
  const ofSecrets = details.filter(({ secret }) => secret).map(({ detail }) => detail.reason);
  const others = details.filter(({ secret }) => !secret).map(({ detail }) => detail);
  const lines = ["invalid arguments", ...ofSecrets, ...(note === undefined ? [] : [note])];
  return new pulumi.InputPropertiesError({
    message: lines.join("\n\t\t- "),
    errors: others.map(withoutPath),
  });
}

/** Whether anything in the argument is secret, because the engine prints the whole argument. */
function isSecret({ propertyPath }: Detail, inputs: pulumi.Inputs): Promise<boolean> {
  const [argument = ""] = /^\w*/.exec(propertyPath) ?? [];
  return pulumi.isSecret(pulumi.output(inputs[argument]));
}

/** The detail without the path in its reason, because the engine prints the path before it. */
function withoutPath({ propertyPath, reason }: Detail): Detail {
  const own = [`${propertyPath} `, `${propertyPath}: `].find((path) => reason.startsWith(path));
  return { propertyPath, reason: reason.slice(own?.length ?? 0) };
}
