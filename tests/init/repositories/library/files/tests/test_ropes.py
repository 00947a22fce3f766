from ropes import Rope
