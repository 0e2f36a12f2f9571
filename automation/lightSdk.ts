import Module from "node:module";

/*
 * Must be imported before the SDK. It leaves out modules that the SDK loads only to turn functions into Lambda
 * functions, which this package's program does not do. Loading the SDK then takes a third of the time. It
 * affects only this thread, which runs one program.
 */
const UNUSED = ["typescript", "@npmcli/arborist"];

const load: unknown = Reflect.get(Module, "_load");
if (typeof load === "function") {
  const loadUsed = (request: string, ...rest: unknown[]): unknown =>
    UNUSED.includes(request)
      ? unavailable(request)
      : Reflect.apply(load, Module, [request, ...rest]);
  Reflect.set(Module, "_load", loadUsed);
}

/** A module that throws an error when something in it is used. */
function unavailable(name: string): object {
  return new Proxy(
    { __esModule: true },
    {
      get(self, key) {
        if (key in self) return true;
        throw new Error(
          `${name} is not available here, because this program can't turn functions into Lambda functions`,
        );
      },
    },
  );
}
