import { useSuspenseQuery } from "@tanstack/react-query";
import { i18n } from "@lingui/core";
import { MessageSquareQuote, Plus } from "lucide-react";
import { useState } from "react";

import { cannedRepliesQuery } from "@/api/queries";
import { Button } from "@/ui/Button";
import { EmptyState } from "@/ui/EmptyState";

import { Card } from "../parts/Card";
import { Effect } from "../parts/Effect";
import { Page } from "../parts/Page";
import { useMe } from "../queries";
import { CannedReplyDialog } from "./CannedReplyDialog";
import { CannedReplyItem } from "./CannedReplyItem";

/** Settings > Team > Canned replies. */
export function CannedRepliesPage() {
  const { role } = useMe();
  const { data: replies } = useSuspenseQuery(cannedRepliesQuery);
  const [isWriting, setWriting] = useState(false);
  const mayWrite = role !== "viewer";
  const write = mayWrite && (
    <Button look="primary" icon={<Plus size={15} />} onClick={() => setWriting(true)}>
      {i18n._("New canned reply")}
    </Button>
  );
  return (
    <Page
      title={i18n._("Canned replies")}
      intro={i18n._(
        "Texts that the whole team inserts with / in the composer. Their author and admins change them.",
      )}
      actions={replies.length > 0 && write}
    >
      {replies.length === 0 ? (
        <Card>
          <EmptyState icon={<MessageSquareQuote size={20} />} title={i18n._("No canned replies yet")}>
            <p>
              {i18n._("Write the answers that you give every day once, and insert them with / and a word.")}
            </p>
            {write}
          </EmptyState>
        </Card>
      ) : (
        <Card foot={<Effect when={i18n._("Takes effect the next time somebody types / in a composer.")} />}>
          <ul className="-my-3 divide-y divide-line">
            {replies
              .toSorted((a, b) => a.title.localeCompare(b.title, i18n.locale))
              .map((reply) => (
                <CannedReplyItem key={reply.id} reply={reply} />
              ))}
          </ul>
        </Card>
      )}
      {isWriting && <CannedReplyDialog reply={null} onClose={() => setWriting(false)} />}
    </Page>
  );
}
