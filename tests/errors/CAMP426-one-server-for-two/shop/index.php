<?php echo getenv("MODE");
