import { expect, test } from "vitest";
import { daysUntilFull, readFilesystems } from "./filesystems.ts";

const GB = 1e9;
test.each([
  // 1,260 GB left at 210 GB a day.
  [1260 * GB, 210 * GB, 6],
  [0, 210 * GB, 0],
  [100 * GB, 0, null],
  [100 * GB, -5 * GB, null],
  [366 * GB, 1 * GB, null],
  [365 * GB, 1 * GB, 365],
  [null, 1, null],
  [1, null, null],
])("%s bytes left, growing %s a day: full in %s days", (available, growth, days) => {
  expect(daysUntilFull(available, growth)).toBe(days);
});

const of = (figure: string, mountpoint: string, value: number | null, device = `/dev${mountpoint}`) => ({
  labels: { node: "nas1", figure, mountpoint, device },
  value,
});

test("fullest first, each with its own trend", () => {
  const filesystems = readFilesystems(
    [
      of("size", "/", 100 * GB),
      of("available", "/", 48 * GB),
      of("size", "/tank", 14_000 * GB),
      of("available", "/tank", 1260 * GB),
    ],
    [of("growth", "/tank", 210 * GB), of("growth", "/", -1 * GB)],
  );
  expect(filesystems).toEqual([
    {
      mountpoint: "/tank",
      level: "CRITICAL",
      usedRatio: 0.91,
      sizeBytes: 14_000 * GB,
      availableBytes: 1260 * GB,
      fullInDays: 6,
      growthBytesPerDay: 210 * GB,
    },
    {
      mountpoint: "/",
      level: "OK",
      usedRatio: 0.52,
      sizeBytes: 100 * GB,
      availableBytes: 48 * GB,
      fullInDays: null,
      growthBytesPerDay: -1 * GB,
    },
  ]);
});

test("a device mounted twice counts once, and without figures nothing is claimed", () => {
  const filesystems = readFilesystems(
    [
      of("size", "/var/lib/kubelet", 100, "/dev/sda1"),
      of("available", "/var/lib/kubelet", 50, "/dev/sda1"),
      of("size", "/", 100, "/dev/sda1"),
      of("available", "/", 50, "/dev/sda1"),
      of("size", "/odd", 0),
      of("available", "/odd", 0),
      of("size", "/gap", null),
    ],
    [],
  );
  expect(filesystems.map(({ mountpoint, usedRatio, level }) => [mountpoint, usedRatio, level])).toEqual([
    ["/", 0.5, "OK"],
    ["/gap", null, "UNKNOWN"],
    ["/odd", null, "UNKNOWN"],
  ]);
});
