/*
 * The arrows between files: no two files import each other, however indirectly and by types alone, and in the
 * component each folder imports only folders below it.
 */

/** The folders that all others of the component may import, from the lowest up. */
const BASE = ["args", "shared", "checks", "plan", "lookups", "gate"];

const belowOnly = BASE.map((folder, index) => ({
  name: `components-${folder}-imports-below-only`,
  severity: "error",
  from: { path: `^components/${folder}/` },
  to: { path: "^components/", pathNot: `^components/(${BASE.slice(0, index + 1).join("|")})/` },
}));

module.exports = {
  forbidden: [
    { name: "no-circle", severity: "error", from: {}, to: { circular: true } },
    {
      name: "no-circle-of-folders",
      severity: "error",
      scope: "folder",
      from: { path: "^components" },
      to: { circular: true },
    },
    ...belowOnly,
  ],
  options: {
    tsPreCompilationDeps: true,
    tsConfig: { fileName: "tsconfig.json" },
    doNotFollow: { path: "node_modules" },
    exclude: { path: "^(bin|dist|examples|temporal|tests/languages/programs)/" },
  },
};
