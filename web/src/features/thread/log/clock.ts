import { formatter } from "@/ui/time";

/** The time of the day: the day stands above. */
export function clock(iso: string): string {
  return formatter({ hour: "2-digit", minute: "2-digit" }).format(new Date(iso));
}
