import { i18n } from "@lingui/core";
import {
  useId,
  useLayoutEffect,
  useState,
  type ClipboardEvent,
  type KeyboardEvent,
  type RefObject,
} from "react";

import { SuggestList } from "../suggest/SuggestList";
import type { Suggestion } from "../suggest/rank";
import { inserted, triggerAt, type Sign } from "../suggest/trigger";
import { useSuggestions } from "../suggest/useSuggestions";

export interface TextBoxProps {
  boxRef: RefObject<HTMLTextAreaElement | null>;
  label: string;
  placeholder: string;
  value: string;
  onChange: (text: string) => void;
  onLeave: () => void;
  onPaste: (event: ClipboardEvent) => void;
  isReadOnly: boolean;
  isInvalid: boolean;
  describedBy: string;
  /** What can be looked up while writing. */
  signs: readonly Sign[];
  names: { customer: string | undefined; agent: string };
}

/** Grows with its text; looks colleagues, canned replies and emoji up at the caret. */
export function TextBox(props: TextBoxProps) {
  const { boxRef, label, placeholder, value, onChange, onLeave, isReadOnly, isInvalid, describedBy } = props;
  const list = useId();
  const suggest = useSuggest(props);
  const isOpen = suggest.found.length > 0;
  useLayoutEffect(() => {
    const at = boxRef.current;
    if (at === null) return;
    at.style.height = "auto";
    at.style.height = `${at.scrollHeight}px`;
  }, [boxRef, value]);
  return (
    <div className="relative">
      {isOpen && (
        <SuggestList
          id={list}
          suggestions={suggest.found}
          active={suggest.active}
          onHover={suggest.setActive}
          onChoose={suggest.choose}
        />
      )}
      <span role="status" className="sr-only">
        {isOpen &&
          i18n._("{count, plural, one {# suggestion} other {# suggestions}}", {
            count: suggest.found.length,
          })}
      </span>
      <textarea
        ref={boxRef}
        dir="auto"
        rows={2}
        aria-label={label}
        aria-describedby={describedBy}
        aria-invalid={isInvalid}
        aria-autocomplete="list"
        {...(isOpen && { "aria-controls": list, "aria-activedescendant": `${list}-${suggest.active}` })}
        placeholder={placeholder}
        value={value}
        readOnly={isReadOnly}
        spellCheck
        onChange={(event) => {
          onChange(event.target.value);
          suggest.look(event.target.value, event.target.selectionStart);
        }}
        onSelect={(event) => suggest.look(event.currentTarget.value, event.currentTarget.selectionStart)}
        onKeyDown={suggest.onKeyDown}
        onPaste={props.onPaste}
        onBlur={() => {
          suggest.close();
          onLeave();
        }}
        className="block max-h-[38dvh] min-h-15 w-full resize-none overflow-y-auto bg-transparent px-3 py-2 text-ink outline-none placeholder:text-quiet read-only:opacity-70"
      />
    </div>
  );
}

function useSuggest({ boxRef, value, onChange, signs, names, isReadOnly }: TextBoxProps) {
  const [caret, setCaret] = useState<number>();
  const [active, setActive] = useState(0);
  const [dismissed, setDismissed] = useState<number>();
  const asked = caret === undefined || isReadOnly ? undefined : triggerAt(value, caret, signs);
  const trigger = asked?.from === dismissed ? undefined : asked;
  const found = useSuggestions(trigger, names);
  const look = (text: string, at: number) => {
    setCaret(at);
    setActive(0);
    if (triggerAt(text, at, signs)?.from !== dismissed) setDismissed(undefined);
  };
  const choose = (suggestion: Suggestion) => {
    if (trigger === undefined || caret === undefined) return;
    const next = inserted(value, caret, trigger, suggestion.text);
    onChange(next.text);
    setCaret(undefined);
    requestAnimationFrame(() => {
      boxRef.current?.focus();
      boxRef.current?.setSelectionRange(next.caret, next.caret);
    });
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.nativeEvent.isComposing) return;
    if (found.length === 0) {
      // Out of the text, so that single keys work again.
      if (event.key === "Escape") {
        event.stopPropagation();
        boxRef.current?.blur();
      }
      return;
    }
    const suggestion = found[active];
    if (event.key === "ArrowDown") setActive((active + 1) % found.length);
    else if (event.key === "ArrowUp") setActive((active + found.length - 1) % found.length);
    else if (
      (event.key === "Enter" || event.key === "Tab") &&
      suggestion &&
      !event.ctrlKey &&
      !event.metaKey
    ) {
      choose(suggestion);
    } else if (event.key === "Escape") setDismissed(trigger?.from);
    else return;
    event.preventDefault();
    event.stopPropagation();
  };
  return {
    found,
    active: Math.min(active, found.length - 1),
    setActive,
    look,
    choose,
    onKeyDown,
    close: () => setCaret(undefined),
  };
}
