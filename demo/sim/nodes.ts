export const GIB = 2 ** 30;
const TIB = 2 ** 40;

export interface Filesystem {
  device: string;
  fstype: string;
  mountpoint: string;
  sizeBytes: number;
  usedRatio: number;
}

export interface NodeSpec {
  name: "ai1" | "ai2" | "nas1";
  ip: string;
  role: string;
  cores: number;
  memoryBytes: number;
  /** Share of memory that the system and the pods outside the service catalogue use. */
  memoryBaseRatio: number;
  /** Busy share of the CPUs before any service works. */
  cpuBaseRatio: number;
  filesystems: Filesystem[];
  disks: string[];
  networkBytesPerSecond: number;
  gpus: number;
}

export const NODES: readonly NodeSpec[] = [
  {
    name: "ai1",
    ip: "10.20.0.11",
    role: "control-plane",
    cores: 4,
    memoryBytes: 64 * GIB,
    memoryBaseRatio: 0.36,
    cpuBaseRatio: 0.1,
    filesystems: [
      { device: "/dev/nvme0n1p2", fstype: "ext4", mountpoint: "/", sizeBytes: 0.9 * TIB, usedRatio: 0.52 },
      {
        device: "/dev/nvme1n1",
        fstype: "xfs",
        mountpoint: "/var/lib/models",
        sizeBytes: 1.8 * TIB,
        usedRatio: 0.61,
      },
    ],
    disks: ["nvme0n1", "nvme1n1"],
    networkBytesPerSecond: 312_500_000,
    gpus: 1,
  },
  {
    name: "ai2",
    ip: "10.20.0.12",
    role: "worker",
    cores: 4,
    memoryBytes: 64 * GIB,
    memoryBaseRatio: 0.34,
    cpuBaseRatio: 0.08,
    filesystems: [
      { device: "/dev/nvme0n1p2", fstype: "ext4", mountpoint: "/", sizeBytes: 0.9 * TIB, usedRatio: 0.48 },
      {
        device: "/dev/nvme1n1",
        fstype: "xfs",
        mountpoint: "/var/lib/models",
        sizeBytes: 1.8 * TIB,
        usedRatio: 0.57,
      },
    ],
    disks: ["nvme0n1", "nvme1n1"],
    networkBytesPerSecond: 312_500_000,
    gpus: 1,
  },
  {
    name: "nas1",
    ip: "10.20.0.21",
    role: "worker",
    cores: 4,
    memoryBytes: 32 * GIB,
    memoryBaseRatio: 0.38,
    cpuBaseRatio: 0.07,
    filesystems: [
      { device: "/dev/sda2", fstype: "ext4", mountpoint: "/", sizeBytes: 0.22 * TIB, usedRatio: 0.37 },
      { device: "tank", fstype: "zfs", mountpoint: "/tank", sizeBytes: 14 * TIB, usedRatio: 0.91 },
    ],
    disks: ["sda", "sdb"],
    networkBytesPerSecond: 1_250_000_000,
    gpus: 0,
  },
];
export type NodeName = NodeSpec["name"];
