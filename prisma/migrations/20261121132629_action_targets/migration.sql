-- AlterTable
ALTER TABLE "action_runs" ADD COLUMN     "approved_at" TIMESTAMPTZ(3),
ADD COLUMN     "leased_until" TIMESTAMPTZ(3),
ADD COLUMN     "node" TEXT,
ADD COLUMN     "service" TEXT;
