import { i18n } from "@lingui/core";
import { useQuery } from "@tanstack/react-query";
import { X } from "lucide-react";
import { useId, useState, type KeyboardEvent } from "react";

import { tagsQuery } from "@/api/queries";
import type { Conversation } from "@/api/types";
import { getState } from "@/realtime/store";

import { ranked, type Suggestion } from "../suggest/rank";
import { SuggestList } from "../suggest/SuggestList";
import { editConversation } from "./edit";

const LONGEST = 60;

/** The tags of a conversation: type to find one or to make a new one. */
export function TagsEditor({
  conversation,
  isReadOnly,
}: {
  conversation: Conversation;
  isReadOnly: boolean;
}) {
  const { id, tags } = conversation;
  const list = useId();
  const [text, setText] = useState("");
  const [active, setActive] = useState(0);
  const [isOpen, setOpen] = useState(false);
  const [problem, setProblem] = useState<string>();
  const { data: known } = useQuery({ ...tagsQuery, enabled: !isReadOnly });
  const found = isOpen ? choices(known?.map((tag) => tag.name) ?? [], tags, text) : [];

  const save = async (change: (now: readonly string[]) => string[]) => {
    // From what is known now, so that a tag that came meanwhile is not taken away.
    setProblem(await editConversation(id, { tags: change(getState().conversations.get(id)?.tags ?? tags) }));
  };
  const add = (name: string) => {
    setText("");
    setActive(0);
    void save((now) => [...now.filter((each) => each !== name), name]);
  };
  const remove = (name: string) => void save((now) => now.filter((each) => each !== name));
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.nativeEvent.isComposing) return;
    const chosen = found[active];
    if (event.key === "ArrowDown" && !isOpen) setOpen(true);
    else if (event.key === "ArrowDown" && found.length > 0) setActive((active + 1) % found.length);
    else if (event.key === "ArrowUp" && found.length > 0)
      setActive((active + found.length - 1) % found.length);
    else if (event.key === "Enter" && chosen !== undefined) add(chosen.text);
    else if (event.key === "Escape" && isOpen && found.length > 0) setOpen(false);
    else if (event.key === "Backspace" && text === "" && tags.length > 0) remove(tags.at(-1) ?? "");
    else return;
    event.preventDefault();
    event.stopPropagation();
  };
  return (
    <div>
      <ul aria-label={i18n._("Tags")} className="flex flex-wrap gap-1">
        {tags.map((tag) => (
          <li
            key={tag}
            className="inline-flex h-6 max-w-full items-center rounded-md bg-free-soft pl-2 text-xs font-medium text-free forced-colors:border"
          >
            <span className="truncate">{tag}</span>
            {isReadOnly ? (
              <span className="w-2" />
            ) : (
              <button
                type="button"
                aria-label={i18n._("Remove the tag {tag}", { tag })}
                onClick={() => remove(tag)}
                className="inline-flex size-6 items-center justify-center rounded-md hover:bg-hover hover:text-ink"
              >
                <X size={12} aria-hidden="true" />
              </button>
            )}
          </li>
        ))}
        {isReadOnly && tags.length === 0 && (
          <li className="text-[0.8125rem] text-quiet">{i18n._("No tags")}</li>
        )}
      </ul>
      {!isReadOnly && (
        <div className="relative mt-1.5">
          <input
            role="combobox"
            aria-label={i18n._("Add a tag")}
            aria-autocomplete="list"
            aria-expanded={found.length > 0}
            aria-controls={list}
            aria-describedby={`${list}-said`}
            {...(found.length > 0 && { "aria-activedescendant": `${list}-${active}` })}
            placeholder={i18n._("Add a tag…")}
            maxLength={LONGEST}
            value={text}
            onChange={(event) => {
              setText(event.target.value);
              setActive(0);
              setOpen(true);
            }}
            onFocus={() => setOpen(true)}
            onBlur={() => setOpen(false)}
            onKeyDown={onKeyDown}
            className="h-8 w-full rounded-lg border border-line bg-surface px-2.5 text-[0.8125rem] placeholder:text-quiet focus:border-line-strong"
          />
          {found.length > 0 && (
            <SuggestList
              id={list}
              side="below"
              suggestions={found}
              active={active}
              onHover={setActive}
              onChoose={(each) => add(each.text)}
            />
          )}
        </div>
      )}
      <p
        id={`${list}-said`}
        role={problem === undefined ? undefined : "alert"}
        className="text-xs font-medium text-bad"
      >
        {problem}
      </p>
    </div>
  );
}

/** Known tags that fit and are not there yet, and what was typed as a new one. */
function choices(known: readonly string[], tags: readonly string[], text: string): readonly Suggestion[] {
  const wanted = text.trim();
  const fit = ranked(
    known
      .filter((name) => !tags.includes(name))
      .map((name) => ({ id: name, label: name, text: name, words: [name] })),
    wanted,
  );
  if (wanted === "" || tags.includes(wanted) || fit.some((each) => each.text === wanted)) return fit;
  const made = { id: "+", label: i18n._("Create “{tag}”", { tag: wanted }), text: wanted, words: [wanted] };
  return [...fit, made];
}
