"use client";

import { Ellipsis, KeyRound, LogOut, Pencil, UserX } from "lucide-react";
import type { Person } from "#lib/contracts/access.ts";
import { Button } from "#components/ui/button.tsx";
import { Menu, MenuItem } from "#components/ui/menu.tsx";

export type PersonTask = "edit" | "password" | "sessions" | "erase";

interface PersonActionsProps {
  person: Person;
  isSelf: boolean;
  onChoose: (task: PersonTask) => void;
}

/** What can be done with a person. Oneself is neither given a password nor erased here. */
export function PersonActions({ person, isSelf, onChoose }: PersonActionsProps) {
  const trigger = (
    <Button variant="ghost" size="icon" aria-label={`Actions for ${person.email}`}>
      <Ellipsis size={15} aria-hidden="true" />
    </Button>
  );
  return (
    <Menu trigger={trigger}>
      <MenuItem onSelect={() => onChoose("edit")}>
        <Pencil size={14} aria-hidden="true" />
        Edit
      </MenuItem>
      {!isSelf && (
        <MenuItem onSelect={() => onChoose("password")}>
          <KeyRound size={14} aria-hidden="true" />
          New first password
        </MenuItem>
      )}
      {person.sessions > 0 && (
        <MenuItem onSelect={() => onChoose("sessions")}>
          <LogOut size={14} aria-hidden="true" />
          End sessions
        </MenuItem>
      )}
      {!isSelf && (
        <MenuItem onSelect={() => onChoose("erase")}>
          <UserX size={14} aria-hidden="true" />
          Erase
        </MenuItem>
      )}
    </Menu>
  );
}
