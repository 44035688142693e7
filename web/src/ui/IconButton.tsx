import { Button as BaseButton } from "@base-ui/react/button";
import type { ComponentProps, ReactNode } from "react";

import type { ActionId } from "@/keyboard/actions";

import { cx } from "./cx";
import { tipOf } from "./Tip";

export interface IconButtonProps extends Omit<ComponentProps<typeof BaseButton>, "className" | "children"> {
  /** What it does: read aloud, and shown on hover. */
  label: string;
  icon: ReactNode;
  action?: ActionId;
  className?: string;
}

/** A button that shows only an icon. */
export function IconButton({ label, icon, action, className, ...rest }: IconButtonProps) {
  return (
    <BaseButton
      aria-label={label}
      {...tipOf(label, action)}
      {...rest}
      className={cx(
        "inline-flex size-8 shrink-0 items-center justify-center rounded-lg text-quiet transition-colors hover:bg-hover hover:text-ink",
        "disabled:cursor-not-allowed disabled:opacity-50 data-disabled:opacity-50 data-popup-open:bg-hover",
        className,
      )}
    >
      {icon}
    </BaseButton>
  );
}
