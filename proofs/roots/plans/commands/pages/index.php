<?php echo getenv("GREETING");
