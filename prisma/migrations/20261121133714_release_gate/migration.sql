-- CreateTable
CREATE TABLE "policy_proposals" (
    "id" TEXT NOT NULL,
    "kind" TEXT NOT NULL,
    "document" JSONB NOT NULL,
    "base_version" INTEGER NOT NULL,
    "reason" TEXT NOT NULL,
    "proposed_by" TEXT NOT NULL,
    "proposed_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "state" TEXT NOT NULL DEFAULT 'open',
    "decided_by" TEXT,
    "decided_at" TIMESTAMPTZ(3),

    CONSTRAINT "policy_proposals_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "releases" (
    "id" TEXT NOT NULL,
    "service" TEXT NOT NULL,
    "version" TEXT NOT NULL,
    "commit" TEXT NOT NULL,
    "request" JSONB NOT NULL,
    "state" TEXT NOT NULL,
    "decision" TEXT,
    "decided_at" TIMESTAMPTZ(3),
    "decision_seq" INTEGER,
    "lease_basis" TEXT,
    "lease_until" TIMESTAMPTZ(3),
    "policy_version" INTEGER,
    "ask_again_at" TIMESTAMPTZ(3),
    "expires_at" TIMESTAMPTZ(3),
    "halt_reason" TEXT,
    "requested_by" TEXT NOT NULL,
    "requested_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "deploy_started_at" TIMESTAMPTZ(3),
    "deploy_finished_at" TIMESTAMPTZ(3),
    "outcome" JSONB,
    "outcome_due_at" TIMESTAMPTZ(3),
    "revision" INTEGER NOT NULL DEFAULT 1,

    CONSTRAINT "releases_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "release_approvals" (
    "id" TEXT NOT NULL,
    "release_id" TEXT NOT NULL,
    "kind" TEXT NOT NULL,
    "verdict" TEXT NOT NULL,
    "reason" TEXT NOT NULL,
    "actor_id" TEXT NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "decision_seq" INTEGER NOT NULL,

    CONSTRAINT "release_approvals_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "decision_records" (
    "seq" INTEGER NOT NULL,
    "id" TEXT NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,
    "kind" TEXT NOT NULL,
    "service" TEXT NOT NULL,
    "release_id" TEXT,
    "actor_id" TEXT NOT NULL,
    "decision" TEXT,
    "body" JSONB NOT NULL,
    "previous_hash" TEXT NOT NULL,
    "hash" TEXT NOT NULL,

    CONSTRAINT "decision_records_pkey" PRIMARY KEY ("seq")
);

-- CreateTable
CREATE TABLE "freeze_windows" (
    "id" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "reason" TEXT NOT NULL,
    "document" JSONB NOT NULL,
    "created_by" TEXT NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "cancelled_by" TEXT,
    "cancelled_at" TIMESTAMPTZ(3),

    CONSTRAINT "freeze_windows_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "spending_approvals" (
    "id" TEXT NOT NULL,
    "service" TEXT NOT NULL,
    "amount_ratio" DOUBLE PRECISION NOT NULL,
    "reason" TEXT NOT NULL,
    "approved_by" TEXT NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "expires_at" TIMESTAMPTZ(3) NOT NULL,
    "withdrawn_at" TIMESTAMPTZ(3),
    "withdrawn_by" TEXT,

    CONSTRAINT "spending_approvals_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "deployments" (
    "id" TEXT NOT NULL,
    "service" TEXT NOT NULL,
    "version" TEXT NOT NULL,
    "source" TEXT NOT NULL,
    "release_id" TEXT,
    "started_at" TIMESTAMPTZ(3) NOT NULL,
    "finished_at" TIMESTAMPTZ(3),
    "state" TEXT NOT NULL,

    CONSTRAINT "deployments_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "forge_deployments" (
    "release_id" TEXT NOT NULL,
    "forge" TEXT NOT NULL,
    "callback" JSONB NOT NULL,
    "told" TEXT,
    "reports" INTEGER NOT NULL DEFAULT 0,
    "settled_at" TIMESTAMPTZ(3),
    "due_at" TIMESTAMPTZ(3),
    "leased_until" TIMESTAMPTZ(3),
    "attempts" INTEGER NOT NULL DEFAULT 0,
    "last_error" TEXT,

    CONSTRAINT "forge_deployments_pkey" PRIMARY KEY ("release_id")
);

-- CreateIndex
CREATE INDEX "policy_proposals_kind_state_idx" ON "policy_proposals"("kind", "state");

-- CreateIndex
CREATE INDEX "releases_service_requested_at_idx" ON "releases"("service", "requested_at");

-- CreateIndex
CREATE INDEX "releases_state_idx" ON "releases"("state");

-- CreateIndex
CREATE UNIQUE INDEX "release_approvals_release_id_decision_seq_actor_id_key" ON "release_approvals"("release_id", "decision_seq", "actor_id");

-- CreateIndex
CREATE UNIQUE INDEX "decision_records_id_key" ON "decision_records"("id");

-- CreateIndex
CREATE INDEX "decision_records_service_at_idx" ON "decision_records"("service", "at");

-- CreateIndex
CREATE INDEX "decision_records_release_id_idx" ON "decision_records"("release_id");

-- CreateIndex
CREATE INDEX "decision_records_at_idx" ON "decision_records"("at");

-- CreateIndex
CREATE INDEX "freeze_windows_cancelled_at_idx" ON "freeze_windows"("cancelled_at");

-- CreateIndex
CREATE INDEX "spending_approvals_service_expires_at_idx" ON "spending_approvals"("service", "expires_at");

-- CreateIndex
CREATE INDEX "deployments_service_started_at_idx" ON "deployments"("service", "started_at");

-- CreateIndex
CREATE INDEX "forge_deployments_settled_at_due_at_idx" ON "forge_deployments"("settled_at", "due_at");

-- AddForeignKey
ALTER TABLE "release_approvals" ADD CONSTRAINT "release_approvals_release_id_fkey" FOREIGN KEY ("release_id") REFERENCES "releases"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "forge_deployments" ADD CONSTRAINT "forge_deployments_release_id_fkey" FOREIGN KEY ("release_id") REFERENCES "releases"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- A version is asked about once at a time, whoever clicks twice.
CREATE UNIQUE INDEX "releases_open" ON "releases"("service", "version", "commit")
    WHERE "state" IN ('waiting', 'deferred', 'blocked', 'approved', 'deploying');

-- Decisions and what people said to them are appended only.
CREATE TRIGGER "decision_records_keep_rows" BEFORE UPDATE OR DELETE ON "decision_records"
    FOR EACH ROW EXECUTE FUNCTION "refuse_change"();
CREATE TRIGGER "decision_records_keep_table" BEFORE TRUNCATE ON "decision_records"
    FOR EACH STATEMENT EXECUTE FUNCTION "refuse_change"();
CREATE TRIGGER "release_approvals_keep_rows" BEFORE UPDATE OR DELETE ON "release_approvals"
    FOR EACH ROW EXECUTE FUNCTION "refuse_change"();
CREATE TRIGGER "release_approvals_keep_table" BEFORE TRUNCATE ON "release_approvals"
    FOR EACH STATEMENT EXECUTE FUNCTION "refuse_change"();

-- The gate asks for the SLOs of one service among a thousand.
CREATE INDEX "slo_versions_service" ON "slo_versions"(("definition"->>'service'));
