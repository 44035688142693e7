import { Button } from "@/ui/Button";

/** The one button of a form, over its whole width. */
export function Submit({ label, busy, isBusy }: { label: string; busy: string; isBusy: boolean }) {
  return (
    <Button
      type="submit"
      look="primary"
      disabled={isBusy}
      focusableWhenDisabled
      className="h-10 w-full text-sm"
    >
      {isBusy ? busy : label}
    </Button>
  );
}
