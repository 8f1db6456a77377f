const js = require("@eslint/js");
const globals = require("globals");
const jsdoc = require("eslint-plugin-jsdoc");

const rules = {
    ...js.configs.recommended.rules,
    "array-callback-return": "error",
    complexity: ["error", 10],
    curly: "error",
    "default-case-last": "error",
    eqeqeq: ["error", "smart"],
    "max-depth": ["error", 4],
    "max-lines-per-function": ["error", 60],
    "no-alert": "error",
    "no-console": "error",
    "no-duplicate-imports": "error",
    "no-else-return": "error",
    "no-eval": "error",
    "no-implied-eval": "error",
    "no-lonely-if": "error",
    "no-new-func": "error",
    "no-return-assign": "error",
    "no-self-compare": "error",
    "no-shadow": "error",
    "no-unneeded-ternary": "error",
    "no-use-before-define": ["error", {functions: false}],
    "no-useless-concat": "error",
    "no-useless-return": "error",
    "no-var": "error",
    "no-warning-comments": "error",
    "object-shorthand": "error",
    "prefer-const": "error",
    "prefer-template": "error",
    "jsdoc/check-alignment": "error",
    "jsdoc/check-param-names": "error",
    "jsdoc/check-tag-names": ["error", {definedTags: ["odoo-module"]}],
    "jsdoc/check-types": "error",
    "jsdoc/require-param-name": "error",
    "jsdoc/require-returns-check": "error",
    "jsdoc/valid-types": "error",
};

module.exports = [
    {
        plugins: {jsdoc},
        linterOptions: {reportUnusedDisableDirectives: "error"},
        rules,
    },
    {
        files: ["**/static/**/*.js"],
        languageOptions: {
            ecmaVersion: 2023,
            sourceType: "module",
            globals: {...globals.browser, odoo: "readonly", luxon: "readonly"},
        },
    },
    {
        // A test suite is one long callback of many short ones.
        files: ["**/static/tests/**/*.js"],
        rules: {"max-lines-per-function": "off"},
    },
    {
        files: ["*.cjs"],
        languageOptions: {sourceType: "commonjs", globals: globals.node},
    },
];
