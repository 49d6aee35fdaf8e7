"use client";

import { useQuery } from "@tanstack/react-query";
import { X } from "lucide-react";
import { serviceNames } from "#lib/client/names.queries.ts";
import { DECISION_KINDS } from "#lib/domain/gate/decision-kinds.ts";
import { DECISIONS } from "#lib/domain/gate/decision.ts";
import { Button } from "#components/ui/button.tsx";
import { Select } from "#components/ui/select.tsx";
import { WORD_OF_KIND } from "../release-words.ts";
import { serviceChoices } from "../service-choices.ts";
import { useDecisionFilter } from "./use-decision-filter.ts";

const KIND_CHOICES = [
  { value: "", label: "any record" },
  ...DECISION_KINDS.map((value) => ({ value, label: WORD_OF_KIND[value] })),
];
const DECISION_CHOICES = [
  { value: "", label: "any decision" },
  ...DECISIONS.map((value) => ({ value, label: value })),
];
const SELECT = "max-sm:min-w-[45%] max-sm:flex-1 sm:max-w-44";

/** Narrows the log by service, record and decision, and to one release where a link did. */
export function DecisionFilterBar() {
  const { filter, setFilter } = useDecisionFilter();
  const services = useQuery(serviceNames());
  return (
    <search className="flex min-w-0 flex-wrap gap-2 max-sm:w-full">
      <Select
        aria-label="Only this service"
        className={SELECT}
        choices={serviceChoices(services.data, filter.service)}
        value={filter.service ?? ""}
        onChange={(event) => void setFilter({ service: event.target.value || null })}
      />
      <Select
        aria-label="Only this record"
        className={SELECT}
        choices={KIND_CHOICES}
        value={filter.kind ?? ""}
        onChange={(event) =>
          void setFilter({ kind: DECISION_KINDS.find((one) => one === event.target.value) ?? null })
        }
      />
      <Select
        aria-label="Only this decision"
        className={SELECT}
        choices={DECISION_CHOICES}
        value={filter.decision ?? ""}
        onChange={(event) =>
          void setFilter({ decision: DECISIONS.find((one) => one === event.target.value) ?? null })
        }
      />
      {filter.release !== null && (
        <Button onClick={() => void setFilter({ release: null })}>
          of one release
          <X size={13} aria-hidden="true" />
          <span className="sr-only">: show all</span>
        </Button>
      )}
    </search>
  );
}
