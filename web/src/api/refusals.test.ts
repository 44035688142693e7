import { i18n } from "@lingui/core";
import { afterEach, beforeEach, describe, expect, it } from "vitest";

import { problemOf } from "./problem";
import { fieldSentence, sentenceOf } from "./refusals";

const english = () => i18n.loadAndActivate({ locale: "en", messages: {} });
const spanish = () =>
  i18n.loadAndActivate({
    locale: "es",
    messages: {
      "{name} holds this conversation. Ask them for it, or leave a note.": [["name"], " la tiene."],
      "Only an admin may do that.": "Solo un admin.",
      "Use at most {count} characters.": ["Como mucho ", ["count"], "."],
      "That address and password do not belong together. Check both, or reset the password.": "No casan.",
      "Your session has ended. Sign in again.": "Tu sesión ha terminado.",
    },
  });
const sam = { id: "agt_sam", name: "Sam" };

beforeEach(english);
afterEach(english);

describe("the sentence of a refusal", () => {
  it("is made of the code and its members, in the person's language", () => {
    const said = () => sentenceOf("already_claimed", { assignee: sam }, "Sam holds it.");
    expect(said()).toBe("Sam holds this conversation. Ask them for it, or leave a note.");
    spanish();
    expect(said()).toBe("Sam la tiene.");
  });

  it("is the server's where that says more, in English", () => {
    const said = () => sentenceOf("forbidden", { needs: "admin" }, "Only an admin passes the limit.");
    expect(said()).toBe("Only an admin passes the limit.");
    spanish();
    expect(said()).toBe("Solo un admin.");
  });

  it("is the server's for a code that is not known here", () => {
    spanish();
    expect(sentenceOf("brand_new", {}, "Something new.")).toBe("Something new.");
  });

  it("tells a wrong password from a session that has ended", async () => {
    spanish();
    const answer = (url: string) =>
      Object.defineProperty(
        Response.json({ code: "unauthenticated", detail: "No." }, { status: 401 }),
        "url",
        { value: url },
      );
    expect((await problemOf(answer("http://dibs.example/v1/sessions"))).message).toBe("No casan.");
    expect((await problemOf(answer("http://dibs.example/v1/me"))).message).toBe("Tu sesión ha terminado.");
  });
});

describe("what is said beside a field", () => {
  it("is the server's in English, and where no kind of it is known", () => {
    const message = "String should have at most 80 characters";
    expect(fieldSentence(message)).toBe(message);
    spanish();
    expect(fieldSentence(message)).toBe("Como mucho 80.");
    expect(fieldSentence("use another colour")).toBe("use another colour");
  });
});
