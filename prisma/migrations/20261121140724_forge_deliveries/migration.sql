-- DropForeignKey
ALTER TABLE "forge_deployments" DROP CONSTRAINT "forge_deployments_release_id_fkey";

-- AlterTable
ALTER TABLE "forge_deployments" DROP CONSTRAINT "forge_deployments_pkey",
DROP COLUMN "callback",
ADD COLUMN     "id" TEXT NOT NULL,
ADD COLUMN     "received_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
ADD COLUMN     "request" JSONB NOT NULL,
ALTER COLUMN "release_id" DROP NOT NULL,
ALTER COLUMN "due_at" SET NOT NULL,
ADD CONSTRAINT "forge_deployments_pkey" PRIMARY KEY ("id");

-- CreateIndex
CREATE INDEX "forge_deployments_release_id_idx" ON "forge_deployments"("release_id");

-- AddForeignKey
ALTER TABLE "forge_deployments" ADD CONSTRAINT "forge_deployments_release_id_fkey" FOREIGN KEY ("release_id") REFERENCES "releases"("id") ON DELETE RESTRICT ON UPDATE CASCADE;
