-- CreateTable
CREATE TABLE "services" (
    "name" TEXT NOT NULL,
    "discovered" JSONB NOT NULL,
    "edits" JSONB NOT NULL DEFAULT '{}',
    "version" INTEGER NOT NULL DEFAULT 1,
    "first_seen_at" TIMESTAMPTZ(3) NOT NULL,
    "last_seen_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "services_pkey" PRIMARY KEY ("name")
);

