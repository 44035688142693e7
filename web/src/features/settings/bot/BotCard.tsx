import { i18n } from "@lingui/core";
import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";

import type { WorkspaceSettings } from "@/api/types";
import { Field, TextInput } from "@/ui/Field";
import { number } from "@/ui/numbers";
import type { Draft } from "@/ui/useDraft";

import { Amount } from "../parts/Amount";
import { Card, Row, Rows } from "../parts/Card";
import { Effect } from "../parts/Effect";
import { OneOf } from "../parts/OneOf";
import { botQuery } from "../queries";
import { Endpoint } from "./Endpoint";

type Bot = WorkspaceSettings["bot"];
const MOST_ANSWERS = 1_000_000;

/** Which bot answers, under what name, and within what bounds. */
export function BotCard({ draft, isReadOnly }: { draft: Draft<WorkspaceSettings>; isReadOnly: boolean }) {
  const { data: state } = useQuery(botQuery);
  const { bot } = draft.value;
  const set = (changes: Partial<Bot>) => draft.set("bot", { ...bot, ...changes });
  const error = draft.errorOf("bot");
  return (
    <Card
      title={i18n._("The bot")}
      foot={<Effect when={i18n._("Takes effect with the customer's next message.")} settings={["bot"]} />}
    >
      <Rows>
        <OneOf
          label={i18n._("Which bot answers")}
          value={bot.kind}
          onChange={(kind) => set({ kind })}
          disabled={isReadOnly}
          options={[
            {
              value: "builtin",
              label: i18n._("Built-in"),
              hint: i18n._(
                "Answers from your articles, and says so when it does not know. Needs no network.",
              ),
            },
            {
              value: "openai",
              label: i18n._("Language model"),
              hint: i18n._("Any OpenAI-compatible chat endpoint, with your articles as context."),
            },
            {
              value: "external",
              label: i18n._("Your own"),
              hint: i18n._("A program with an API key of scope bot answers the turns."),
            },
            { value: "off", label: i18n._("Off"), hint: i18n._("Nobody answers but people.") },
          ]}
        />
        {bot.kind === "builtin" && state?.published_articles === false && (
          <p className="text-[0.8125rem] font-medium text-warn">
            {i18n._("There is no published article yet: until then it stays silent.")}{" "}
            <Link to="/articles" className="underline">
              {i18n._("Write one")}
            </Link>
          </p>
        )}
        {bot.kind !== "off" && (
          <Field label={i18n._("Name")} hint={i18n._("Customers and your team read it beside its answers.")}>
            <TextInput
              value={bot.name}
              maxLength={60}
              disabled={isReadOnly}
              onChange={(event) => set({ name: event.target.value })}
            />
          </Field>
        )}
        {bot.kind === "openai" && <Endpoint bot={bot} set={set} isReadOnly={isReadOnly} />}
        {bot.kind !== "off" && (
          <Row
            label={i18n._("A guess is below")}
            labelFor="low-confidence"
            hint={i18n._(
              "Answers less sure than this count as guesses; two in a row and a person is called.",
            )}
          >
            <Amount
              id="low-confidence"
              value={Math.round(bot.low_confidence * 100)}
              min={0}
              max={100}
              unit="%"
              disabled={isReadOnly}
              onChange={(percent) => set({ low_confidence: percent / 100 })}
            />
          </Row>
        )}
        {bot.kind === "openai" && (
          <Row
            label={i18n._("Answers per day")}
            labelFor="answers-per-day"
            hint={
              state === undefined
                ? i18n._("Beyond that the bot hands over to people.")
                : i18n._("Beyond that the bot hands over to people. In the last 24 hours: {count}.", {
                    count: number(state.answers_today),
                  })
            }
          >
            <Amount
              id="answers-per-day"
              value={bot.max_answers_per_day}
              min={0}
              max={MOST_ANSWERS}
              unit={i18n._("answers")}
              disabled={isReadOnly}
              onChange={(max_answers_per_day) => set({ max_answers_per_day })}
            />
          </Row>
        )}
        {bot.kind === "external" && (
          <p className="text-[0.8125rem] text-quiet">
            {i18n._(
              "It asks for open turns at GET /v1/bot-turns or is told of them live, and answers each once.",
            )}{" "}
            <Link
              to="/settings/$"
              params={{ _splat: "workspace/api-keys" }}
              className="font-medium text-accent-ink underline"
            >
              {i18n._("Make its key")}
            </Link>
          </p>
        )}
        {error !== undefined && (
          <p role="alert" className="text-xs font-medium text-bad">
            {error}
          </p>
        )}
      </Rows>
    </Card>
  );
}
