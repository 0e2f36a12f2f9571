import * as checks from "../checks";

const TAG_CHARACTERS = /^[\p{L}\p{Z}\p{N}_.:/=+\-@]*$/u;

/** The number of characters as AWS counts them: one for an emoji, which has two in JavaScript. */
const lengthOf = (value: string) => Array.from(value).length;

const tagValue = checks.text(
  "a string of at most 256 letters, digits, spaces and these characters: + - = . _ : / @",
  (value) => lengthOf(value) <= 256 && TAG_CHARACTERS.test(value),
  (value) =>
    typeof value === "string" ? "shorten it, or remove other characters" : "write it in quotes",
);

const tagsByKey = checks.dictionary(tagValue, "tags", (key, at) => {
  if (key === "" || lengthOf(key) > 128 || !TAG_CHARACTERS.test(key)) {
    at.reportRemoval(
      "format",
      "has an invalid key: it must be 1 to 128 letters, digits, spaces and these characters (+ - = . _ : / @); " +
        "choose another key",
    );
  }
  if (/^aws:/i.test(key)) {
    at.reportRemoval(
      "format",
      'has an invalid key: it must not start with "aws:", which is reserved for AWS; choose another key',
    );
  }
});

/** The check of tags: at most 50, less those that the component adds. */
export const tagsCheck = (max = 50): checks.Check => ({
  ...tagsByKey,
  visit(value, at) {
    const count = typeof value === "object" && value !== null ? Object.keys(value).length : 0;
    if (count > max)
      at.reportText("too-many", `must have at most ${max} tags, got ${count}; remove some`);
    return tagsByKey.visit(value, at);
  },
});
