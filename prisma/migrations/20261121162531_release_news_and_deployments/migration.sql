-- AlterTable
ALTER TABLE "deployments" ADD COLUMN     "commit" TEXT,
ADD COLUMN     "gate" TEXT NOT NULL,
ADD COLUMN     "previous" TEXT;

-- AlterTable
ALTER TABLE "notifications" ADD COLUMN     "release_id" TEXT;

-- CreateIndex
CREATE INDEX "deployments_started_at_idx" ON "deployments"("started_at");

-- CreateIndex
CREATE INDEX "deployments_release_id_idx" ON "deployments"("release_id");

-- CreateIndex
CREATE INDEX "notifications_release_id_idx" ON "notifications"("release_id");

-- AddForeignKey
ALTER TABLE "notifications" ADD CONSTRAINT "notifications_release_id_fkey" FOREIGN KEY ("release_id") REFERENCES "releases"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "deployments" ADD CONSTRAINT "deployments_release_id_fkey" FOREIGN KEY ("release_id") REFERENCES "releases"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- What CI has reported of releases up to now.
INSERT INTO "deployments" ("id", "service", "version", "commit", "source", "release_id", "gate", "started_at", "finished_at", "state")
SELECT gen_random_uuid()::text, "service", "version", "commit", 'ci', "id", 'cleared', "deploy_started_at", "deploy_finished_at",
  CASE "state" WHEN 'deploying' THEN 'running' WHEN 'deployed' THEN 'finished' ELSE "state" END
FROM "releases" WHERE "deploy_started_at" IS NOT NULL AND "state" IN ('deploying', 'deployed', 'failed', 'rolled_back');
