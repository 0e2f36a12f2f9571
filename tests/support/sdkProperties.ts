import { readFileSync } from "node:fs";
import path from "node:path";
import ts from "typescript";

const SDK = path.dirname(require.resolve("@pulumi/aws/package.json"));

/** The properties of the resources of Elastic Load Balancing in the SDK, by their paths, such as `Listener.port`. */
export function loadBalancingProperties(resources: readonly string[]): string[] {
  const inputs = interfacesOf(namespaceOf(parsed("types/input.d.ts"), "lb"));
  return resources.flatMap((resource) => {
    const file = `lb/${resource[0].toLowerCase()}${resource.slice(1)}.d.ts`;
    const args = interfacesOf(parsed(file)).get(`${resource}Args`);
    if (args === undefined) throw new Error(`${file} has no ${resource}Args`);
    return propertiesOf(args, inputs, resource);
  });
}

function parsed(file: string): ts.SourceFile {
  const text = readFileSync(path.join(SDK, file), "utf8");
  return ts.createSourceFile(file, text, ts.ScriptTarget.Latest);
}

function namespaceOf(file: ts.SourceFile, name: string): ts.Node {
  for (const statement of file.statements) {
    if (ts.isModuleDeclaration(statement) && statement.name.text === name) {
      return statement.body ?? statement;
    }
  }
  throw new Error(`${file.fileName} has no namespace ${name}`);
}

function interfacesOf(node: ts.Node): Map<string, ts.InterfaceDeclaration> {
  const found = new Map<string, ts.InterfaceDeclaration>();
  ts.forEachChild(node, (child) => {
    if (ts.isInterfaceDeclaration(child)) found.set(child.name.text, child);
  });
  return found;
}

function propertiesOf(
  { members }: ts.InterfaceDeclaration,
  inputs: ReadonlyMap<string, ts.InterfaceDeclaration>,
  prefix: string,
): string[] {
  return members.filter(ts.isPropertySignature).flatMap((member) => {
    if (!ts.isIdentifier(member.name)) throw new Error(`${prefix} has a property without a name`);
    const here = `${prefix}.${member.name.text}`;
    const nested = member.type && inputNamed(member.type, inputs);
    return nested === undefined ? [here] : propertiesOf(nested, inputs, here);
  });
}

/** The interface in a type such as `Input<Input<inputs.lb.ListenerDefaultAction>[]>`. */
function inputNamed(
  type: ts.Node,
  inputs: ReadonlyMap<string, ts.InterfaceDeclaration>,
): ts.InterfaceDeclaration | undefined {
  if (ts.isQualifiedName(type)) {
    const found = inputs.get(type.right.text);
    if (found !== undefined) return found;
  }
  return ts.forEachChild(type, (child) => inputNamed(child, inputs));
}
