import Module from "node:module";

/*
 * Imported before the SDK, this leaves out what the SDK loads at once for sending functions to a cloud,
 * which no program here does: two thirds of the time that loading it takes. It holds for this thread
 * only, which runs one program and nothing else.
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

/** A module that says why it is not there when something of it is used. */
function unavailable(name: string): object {
  return new Proxy(
    { __esModule: true },
    {
      get(self, key) {
        if (key in self) return true;
        throw new Error(
          `${name} is left out of this thread, since programs here send no functions`,
        );
      },
    },
  );
}
