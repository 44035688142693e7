import { Button as BaseButton } from "@base-ui/react/button";
import type { ComponentProps, ReactNode } from "react";

import type { ActionId } from "@/keyboard/actions";

import { cx } from "./cx";
import { Keys } from "./Keys";

const LOOKS = {
  primary: "bg-accent text-on-accent hover:bg-accent-hover border-transparent",
  plain: "bg-raised text-ink border-line hover:bg-hover",
  quiet: "border-transparent text-quiet hover:bg-hover hover:text-ink",
  danger: "bg-bad-soft text-bad border-transparent hover:brightness-97",
  note: "bg-note text-note-ink border-note-line hover:brightness-97",
};

export interface ButtonProps extends Omit<ComponentProps<typeof BaseButton>, "className"> {
  look?: keyof typeof LOOKS;
  small?: boolean;
  icon?: ReactNode;
  /** Shows the action's key beside the label. */
  action?: ActionId;
  className?: string;
}

/** A button with a word on it; see IconButton for one without. */
export function Button({ look = "plain", small, icon, action, className, children, ...rest }: ButtonProps) {
  return (
    <BaseButton
      {...rest}
      className={cx(
        "inline-flex shrink-0 items-center justify-center gap-1.5 rounded-lg border font-medium whitespace-nowrap transition-colors select-none",
        "disabled:cursor-not-allowed disabled:opacity-55 data-disabled:cursor-not-allowed data-disabled:opacity-55",
        small ? "h-7 px-2 text-xs" : "h-8 px-3 text-[0.8125rem]",
        LOOKS[look],
        className,
      )}
    >
      {icon}
      {children}
      {action && <Keys action={action} />}
    </BaseButton>
  );
}
