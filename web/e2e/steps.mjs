// Every step of the walk, in the order in which a new user would take them.
import addresses from "./steps/addresses.mjs";
import alone from "./steps/alone.mjs";
import change from "./steps/change.mjs";
import everyone from "./steps/everyone.mjs";
import figures from "./steps/figures.mjs";
import map from "./steps/map.mjs";
import pages from "./steps/pages.mjs";
import rules from "./steps/rules.mjs";

export const STEPS = { ...map, ...change, ...rules, ...pages, ...figures, ...addresses, ...everyone, ...alone };
