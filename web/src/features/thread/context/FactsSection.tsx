import { i18n } from "@lingui/core";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";

import { settingsQuery } from "@/api/queries";
import type { Conversation } from "@/api/types";
import { Segmented } from "@/ui/Segmented";
import { Select } from "@/ui/Select";

import { editConversation } from "./edit";
import { InlineEdit } from "./InlineEdit";
import { Row, Section } from "./Section";
import { TagsEditor } from "./TagsEditor";
import { languageName, PRIORITIES, priorityName } from "./words";

/** What is known about the conversation and can be changed by whoever works here. */
export function FactsSection({
  conversation,
  isReadOnly,
}: {
  conversation: Conversation;
  isReadOnly: boolean;
}) {
  const { id, priority, language, subject } = conversation;
  const { data: settings } = useQuery(settingsQuery);
  const [problem, setProblem] = useState<string>();
  const languages = [...new Set([...(language === null ? [] : [language]), ...(settings?.languages ?? [])])];
  const save = async (change: Parameters<typeof editConversation>[1]) =>
    setProblem(await editConversation(id, change));
  return (
    <Section id="facts" title={i18n._("Conversation")}>
      <div className="space-y-2.5">
        <TagsEditor conversation={conversation} isReadOnly={isReadOnly} />
        {isReadOnly ? (
          <Row label={i18n._("Priority")}>{priorityName(priority)}</Row>
        ) : (
          <Segmented
            label={i18n._("Priority")}
            small
            value={priority}
            options={PRIORITIES.map((value) => ({ value, label: priorityName(value) }))}
            onChange={(value) => void save({ priority: value })}
          />
        )}
        <div>
          <Row label={i18n._("Language")}>
            {isReadOnly ? (
              <span>{language === null ? "–" : languageName(language)}</span>
            ) : (
              <Select
                label={i18n._("Language")}
                value={language ?? ""}
                options={[
                  ...(language === null ? [{ value: "", label: i18n._("Not detected yet") }] : []),
                  ...languages.map((value) => ({ value, label: languageName(value) })),
                ]}
                onChange={(value) => void save({ language: value })}
                className="h-7! min-w-0 flex-1 border-line!"
              />
            )}
          </Row>
          <Row label={i18n._("Subject")}>
            <InlineEdit
              label={i18n._("Subject")}
              value={subject}
              empty={i18n._("Add a subject")}
              isReadOnly={isReadOnly}
              onSave={(value) => editConversation(id, { subject: value ?? "" })}
            />
          </Row>
        </div>
        {problem !== undefined && (
          <p role="alert" className="text-xs font-medium text-bad">
            {problem}
          </p>
        )}
      </div>
    </Section>
  );
}
