// Where the modules under test lie.
export const from = name => import(new URL(`../../../src/Presence.WebConsole/web/${name}`, import.meta.url));
