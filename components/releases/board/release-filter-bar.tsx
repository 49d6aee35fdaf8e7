"use client";

import { useQuery } from "@tanstack/react-query";
import { serviceNames } from "#lib/client/names.queries.ts";
import { RELEASE_STATES } from "#lib/domain/gate/release-states.ts";
import { Input } from "#components/ui/input.tsx";
import { Select } from "#components/ui/select.tsx";
import { WORD_OF_STATE } from "../release-words.ts";
import { serviceChoices } from "../service-choices.ts";
import { useReleaseFilter } from "../use-release-filter.ts";

const STATE_CHOICES = [
  { value: "", label: "any state" },
  ...RELEASE_STATES.map((value) => ({ value, label: WORD_OF_STATE[value] })),
];

/** Narrows the board by text, service and state. */
export function ReleaseFilterBar() {
  const { filter, setFilter } = useReleaseFilter();
  const services = useQuery(serviceNames());
  return (
    <search className="flex min-w-0 flex-wrap gap-2 max-sm:w-full">
      <Input
        data-filter=""
        type="search"
        aria-label="Search releases"
        placeholder="Service, version or commit"
        className="max-sm:w-full sm:w-56"
        value={filter.q}
        onChange={(event) => void setFilter({ q: event.target.value })}
      />
      <Select
        aria-label="Only this service"
        className="max-sm:min-w-[45%] max-sm:flex-1 sm:max-w-44"
        choices={serviceChoices(services.data, filter.service)}
        value={filter.service ?? ""}
        onChange={(event) => void setFilter({ service: event.target.value || null })}
      />
      <Select
        aria-label="Only this state"
        className="max-sm:min-w-[45%] max-sm:flex-1 sm:max-w-44"
        choices={STATE_CHOICES}
        value={filter.state ?? ""}
        onChange={(event) =>
          void setFilter({ state: RELEASE_STATES.find((one) => one === event.target.value) ?? null })
        }
      />
    </search>
  );
}
