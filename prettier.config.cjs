/** @type {import('prettier').Config} */
module.exports = {
    plugins: [require.resolve("@prettier/plugin-xml")],
    bracketSpacing: false,
    printWidth: 88,
    trailingComma: "es5",
    // White space inside an Odoo view or mail can be content: keep what the author wrote.
    xmlWhitespaceSensitivity: "preserve",
};
