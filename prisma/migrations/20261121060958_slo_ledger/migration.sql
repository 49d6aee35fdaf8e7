-- CreateTable
CREATE TABLE "slos" (
    "id" TEXT NOT NULL,
    "key" TEXT,
    "source" TEXT NOT NULL,
    "current_version" INTEGER NOT NULL DEFAULT 0,
    "draft" JSONB,
    "draft_by" TEXT,
    "revision" INTEGER NOT NULL DEFAULT 1,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "deleted_at" TIMESTAMPTZ(3),

    CONSTRAINT "slos_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "slo_versions" (
    "slo_id" TEXT NOT NULL,
    "version" INTEGER NOT NULL,
    "definition" JSONB NOT NULL,
    "measure_id" TEXT,
    "actor_id" TEXT NOT NULL,
    "reason" TEXT,
    "at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "slo_versions_pkey" PRIMARY KEY ("slo_id","version")
);

-- CreateTable
CREATE TABLE "measures" (
    "id" TEXT NOT NULL,
    "spec" JSONB NOT NULL,
    "resume_slot" INTEGER NOT NULL,
    "backfill_to" INTEGER NOT NULL,
    "backfill_from" INTEGER NOT NULL,
    "newest_sample_at" TIMESTAMPTZ(3),
    "problem" TEXT,

    CONSTRAINT "measures_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "ledger_days" (
    "measure_id" TEXT NOT NULL,
    "group_key" TEXT NOT NULL,
    "day" INTEGER NOT NULL,
    "bad" BYTEA NOT NULL,
    "total" BYTEA NOT NULL,
    "bad_sum" DOUBLE PRECISION NOT NULL,
    "total_sum" DOUBLE PRECISION NOT NULL,
    "covered_slots" INTEGER NOT NULL,
    "revision" INTEGER NOT NULL DEFAULT 1,

    CONSTRAINT "ledger_days_pkey" PRIMARY KEY ("measure_id","group_key","day")
);

-- CreateTable
CREATE TABLE "slo_entries" (
    "id" TEXT NOT NULL,
    "slo_id" TEXT NOT NULL,
    "fact" JSONB NOT NULL,
    "actor_id" TEXT NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "needs_second" BOOLEAN NOT NULL,
    "approved_by" TEXT,
    "approved_at" TIMESTAMPTZ(3),
    "withdrawn_by" TEXT,
    "withdrawn_at" TIMESTAMPTZ(3),

    CONSTRAINT "slo_entries_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "slo_states" (
    "slo_id" TEXT NOT NULL,
    "objective" INTEGER NOT NULL,
    "group_key" TEXT NOT NULL,
    "version" INTEGER NOT NULL,
    "status" TEXT NOT NULL,
    "budget" JSONB NOT NULL,
    "held" JSONB NOT NULL,
    "evaluated_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "slo_states_pkey" PRIMARY KEY ("slo_id","objective","group_key")
);

-- CreateTable
CREATE TABLE "slo_snapshots" (
    "id" BIGSERIAL NOT NULL,
    "slo_id" TEXT NOT NULL,
    "objective" INTEGER NOT NULL,
    "group_key" TEXT NOT NULL,
    "version" INTEGER NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,
    "status" TEXT NOT NULL,
    "previous_status" TEXT,
    "remaining_ratio" DOUBLE PRECISION,
    "burn_rate_6h" DOUBLE PRECISION,

    CONSTRAINT "slo_snapshots_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE UNIQUE INDEX "slos_key_key" ON "slos"("key");

-- CreateIndex
CREATE INDEX "slo_versions_measure_id_idx" ON "slo_versions"("measure_id");

-- CreateIndex
CREATE INDEX "slo_entries_slo_id_idx" ON "slo_entries"("slo_id");

-- CreateIndex
CREATE INDEX "slo_snapshots_slo_id_at_idx" ON "slo_snapshots"("slo_id", "at");

-- AddForeignKey
ALTER TABLE "slo_versions" ADD CONSTRAINT "slo_versions_slo_id_fkey" FOREIGN KEY ("slo_id") REFERENCES "slos"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "slo_versions" ADD CONSTRAINT "slo_versions_measure_id_fkey" FOREIGN KEY ("measure_id") REFERENCES "measures"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "ledger_days" ADD CONSTRAINT "ledger_days_measure_id_fkey" FOREIGN KEY ("measure_id") REFERENCES "measures"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "slo_entries" ADD CONSTRAINT "slo_entries_slo_id_fkey" FOREIGN KEY ("slo_id") REFERENCES "slos"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "slo_states" ADD CONSTRAINT "slo_states_slo_id_fkey" FOREIGN KEY ("slo_id") REFERENCES "slos"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "slo_snapshots" ADD CONSTRAINT "slo_snapshots_slo_id_fkey" FOREIGN KEY ("slo_id") REFERENCES "slos"("id") ON DELETE CASCADE ON UPDATE CASCADE;
