import * as pulumi from "@pulumi/pulumi";
import { Refusal } from "../components/checks";

type Detail = pulumi.InputPropertiesError["errors"][number];

/**
 * An error as the engine may have it. Beside each property that it is told about, the engine prints
 * the value, even a secret one. So what is wrong with secret arguments is told in the message alone,
 * in which nothing secret is written.
 */
export async function withoutSecrets(error: unknown, inputs: pulumi.Inputs): Promise<unknown> {
  if (!pulumi.InputPropertiesError.isInstance(error)) return error;
  const details = await Promise.all(
    error.errors.map(async (detail) => ({ detail, secret: await isSecret(detail, inputs) })),
  );
  const untold = error instanceof Refusal ? error.omissionNote : [];
  const hidden = details.filter(({ secret }) => secret).map(({ detail }) => detail.reason);
  const open = details.filter(({ secret }) => !secret).map(({ detail }) => detail);
  return new pulumi.InputPropertiesError({
    message: ["invalid arguments", ...hidden, ...untold].join("\n\t\t- "),
    errors: open.map(withoutPath),
  });
}

/** Whether anything in the argument is secret: what holds a secret value is printed along with it. */
function isSecret({ propertyPath }: Detail, inputs: pulumi.Inputs): Promise<boolean> {
  const [argument = ""] = /^\w*/.exec(propertyPath) ?? [];
  return pulumi.isSecret(pulumi.output(inputs[argument]));
}

/** The engine writes the path before the reason, which begins with it, too. */
function withoutPath({ propertyPath, reason }: Detail): Detail {
  const own = [`${propertyPath} `, `${propertyPath}: `].find((path) => reason.startsWith(path));
  return { propertyPath, reason: reason.slice(own?.length ?? 0) };
}
