import { Combobox } from "@base-ui/react/combobox";
import { i18n } from "@lingui/core";
import { X } from "lucide-react";
import { useState } from "react";

import { ComboboxPopup } from "./ComboboxPopup";

export interface WordsProps {
  /** Read aloud; the visible label stands beside it. */
  label: string;
  value: readonly string[];
  onChange: (value: string[]) => void;
  /** What can be chosen; anything else only when `isFree`. */
  options: readonly { value: string; label: string }[];
  isFree?: boolean;
  placeholder?: string;
  disabled?: boolean;
}

/** Several words as chips: chosen from a list by typing, and where it is free, made up. */
export function Words({ label, value, onChange, options, isFree, placeholder, disabled }: WordsProps) {
  const [query, setQuery] = useState("");
  const typed = query.trim();
  const isKnown = options.some((option) => option.label === typed || option.value === typed);
  const items = options.map((option) => option.value);
  if (isFree && typed !== "" && !isKnown && !value.includes(typed)) items.push(typed);
  const nameOf = (item: string) => options.find((option) => option.value === item)?.label ?? item;
  return (
    <Combobox.Root
      items={items}
      multiple
      autoHighlight
      value={[...value]}
      onValueChange={(chosen) => {
        onChange(chosen);
        setQuery("");
      }}
      inputValue={query}
      onInputValueChange={(text) => setQuery(text)}
      itemToStringLabel={nameOf}
      disabled={disabled ?? false}
    >
      <Combobox.Chips className="flex min-h-9 w-full flex-wrap items-center gap-1 rounded-lg border border-line-strong bg-surface p-1 focus-within:outline-2 focus-within:outline-offset-2 focus-within:outline-accent-ink data-disabled:opacity-60">
        {value.map((item) => (
          <Combobox.Chip
            key={item}
            aria-label={nameOf(item)}
            className="flex h-6.5 max-w-full items-center gap-0.5 rounded-md bg-free-soft pl-2 text-[0.8125rem] text-ink outline-none focus-within:bg-accent-soft data-highlighted:bg-accent-soft"
          >
            <span className="truncate">{nameOf(item)}</span>
            {disabled ? (
              <span className="w-2" />
            ) : (
              <Combobox.ChipRemove
                aria-label={i18n._("Remove {name}", { name: nameOf(item) })}
                className="flex size-6 items-center justify-center rounded text-quiet hover:text-ink"
              >
                <X size={13} />
              </Combobox.ChipRemove>
            )}
          </Combobox.Chip>
        ))}
        <Combobox.Input
          aria-label={label}
          placeholder={value.length > 0 ? "" : (placeholder ?? "")}
          className="h-6.5 min-w-16 flex-1 bg-transparent px-1.5 outline-none placeholder:text-quiet"
        />
      </Combobox.Chips>
      <ComboboxPopup
        empty={isFree ? i18n._("Type a word, then Enter.") : i18n._("Nothing matches.")}
        nameOf={(item) =>
          items.length > options.length && item === typed
            ? i18n._("Add “{word}”", { word: item })
            : nameOf(item)
        }
        className="min-w-48 empty:hidden"
      />
    </Combobox.Root>
  );
}
