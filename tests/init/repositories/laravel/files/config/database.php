<?php

return ["connections" => ["pgsql" => ["url" => env("DB_URL")]]];
