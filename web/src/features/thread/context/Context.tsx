import type { Conversation, Me } from "@/api/types";

import { ContactSection } from "./ContactSection";
import { DetailsSection } from "./DetailsSection";
import { FactsSection } from "./FactsSection";
import { ObserversSection } from "./ObserversSection";
import { OthersSection } from "./OthersSection";

/** Everything about a conversation that is not its messages. */
export function Context({ conversation, me }: { conversation: Conversation; me: Me }) {
  const isReadOnly = me.role === "viewer";
  return (
    <div className="py-1">
      <ContactSection conversation={conversation} me={me} />
      <FactsSection conversation={conversation} isReadOnly={isReadOnly} />
      <OthersSection conversation={conversation} />
      <ObserversSection conversation={conversation} me={me} />
      <DetailsSection conversation={conversation} />
    </div>
  );
}
