import { useQuery } from "@tanstack/react-query";
import { Link, useSearch } from "@tanstack/react-router";
import { i18n } from "@lingui/core";
import { useState } from "react";

import type { Me } from "@/api/types";
import { Bar, Late } from "@/ui/Skeleton";

import { firstRunQuery } from "./firstRun";
import { FirstSteps } from "./FirstSteps";
import { Frame } from "./Frame";
import { otherwise } from "./problems";
import { SetUpForm } from "./SetUpForm";
import { Trouble } from "./Trouble";

/** /welcome?code=…: the first run. Makes the workspace and its owner, then offers the first steps. */
export function WelcomePage() {
  const { code = "" } = useSearch({ from: "/welcome" });
  const { data: firstRun, error } = useQuery({ ...firstRunQuery, staleTime: Infinity });
  const [owner, setOwner] = useState<Me | null>(null);
  if (owner !== null) return <FirstSteps owner={owner} />;
  if (firstRun?.needed === true) return <SetUpForm code={code} onDone={setOwner} />;
  if (firstRun === undefined) {
    return (
      <Frame title={i18n._("Welcome to Dibs")}>
        {error === null ? (
          <Late>
            <div className="space-y-3">
              <Bar className="h-9" />
              <Bar className="h-9" />
            </div>
          </Late>
        ) : (
          <Trouble text={otherwise(error)} />
        )}
      </Frame>
    );
  }
  return (
    <Frame title={i18n._("This installation is set up")}>
      <div className="space-y-4 text-center">
        <p className="text-quiet">{i18n._("Sign in, or ask one of its admins for an invitation.")}</p>
        <Link
          to="/sign-in"
          className="inline-flex h-10 w-full items-center justify-center rounded-lg bg-accent text-sm font-medium text-on-accent hover:bg-accent-hover"
        >
          {i18n._("Sign in")}
        </Link>
      </div>
    </Frame>
  );
}
